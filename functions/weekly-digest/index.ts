import { BigQuery } from "@google-cloud/bigquery";
import { nameDatasets } from "../../shared/bigquery/name-datasets.ts";
import { readConfig } from "../../shared/config.ts";
import { defineSchedule } from "../../shared/schedule/define-schedule.ts";
import { postDigests } from "./post-digests.ts";
import type { RunQuery } from "./read-week.ts";

const config = readConfig(process.env);
let client: BigQuery | undefined;

const query: RunQuery = async (sql, params) => {
  client ??= new BigQuery();
  const [rows] = await client.query({ query: nameDatasets(sql, config.bigquery), params });
  return rows;
};

defineSchedule("weekly-digest", () => postDigests(config, { now: new Date(), query }));
