import { existsSync } from "node:fs";
import { readConfig } from "../../shared/config.ts";
import { database, disconnect } from "../../shared/database/database.ts";
import { runMain, UsageError } from "../cli/run-main.ts";
import { explainPerson, toPerson } from "./explain-person.ts";

const usage = `Usage: npm run who -- <GitHub login | e-mail address>

Says whether somebody is told about their commits, and why or why not: where they were searched, and what was found.
It reads Postgres (DATABASE_URL or DB_*), and asks Slack if SLACK_BOT_USER_ACCESS_TOKEN is set. npm start prints the DATABASE_URL of
this machine's suite.`;

await runMain({ usage, options: {}, allowPositionals: true }, async ({ positionals }) => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const [subject = ""] = positionals;
  if (subject.trim() === "" || positionals.length > 1)
    throw new UsageError("Who? A GitHub login or an e-mail address.");
  process.env.METADATA_SERVER_DETECTION ||= "none";
  process.env.LOG_LEVEL ||= "ERROR";
  try {
    const askSlack = Boolean(process.env.SLACK_BOT_USER_ACCESS_TOKEN);
    const lines = await explainPerson(database(), toPerson(subject), readConfig(process.env), askSlack);
    console.log(lines.join("\n"));
  } finally {
    await disconnect();
  }
});
