import { z } from "zod";
import { runQuery } from "../query/run-query.ts";
import type { Period } from "./period.ts";

/** Something that happened on a day and may explain a chart. */
export interface Annotation {
  /** YYYY-MM-DD in the organization's time zone. */
  day: string;
  kind: "deploy" | "incident";
  text: string;
}

/** A quarter of an active organization. */
const MAX_ANNOTATIONS = 5000;

const annotations = z.array(
  z.object({ day: z.string(), kind: z.enum(["deploy", "incident"]), text: z.string() }),
);

/** Reads the deploys to production and the incidents of a period, oldest first. */
export async function readAnnotations({ from, to }: Period, timeZone: string): Promise<Annotation[]> {
  const { rows } = await runQuery(
    `SELECT CAST(DATE(at, @zone) AS STRING) AS day, kind, text
FROM (
  SELECT
    ended_at AS at,
    'deploy' AS kind,
    CONCAT(app, ' #', CAST(number AS STRING), IF(kind = 'change', '', CONCAT(', ', kind))) AS text
  FROM product_eng.deployment_attempts
  UNION ALL
  SELECT opened_at AS at, 'incident' AS kind, CONCAT(IFNULL(service, source), ': ', IFNULL(title, id)) AS text
  FROM product_eng.incidents
)
WHERE DATE(at, @zone) BETWEEN DATE(@from) AND DATE(@to)
ORDER BY at
LIMIT ${MAX_ANNOTATIONS}`,
    { zone: timeZone, from, to },
  );
  return annotations.parse(rows);
}
