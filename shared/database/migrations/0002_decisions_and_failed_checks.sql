CREATE TABLE "checked_commits" (
	"repository" text NOT NULL,
	"branch" text NOT NULL,
	"sha" text NOT NULL,
	"first_started_at" timestamp with time zone NOT NULL,
	"last_completed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "checked_commits_repository_branch_sha_pk" PRIMARY KEY("repository","branch","sha")
);
--> statement-breakpoint
CREATE TABLE "failed_checks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "failed_checks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repository" text NOT NULL,
	"branch" text NOT NULL,
	"sha" text NOT NULL,
	"status" text NOT NULL,
	"first_failure_id" bigint,
	"completed_at" timestamp with time zone NOT NULL,
	"url" text,
	"jobs_missing" boolean DEFAULT false NOT NULL,
	"commit" jsonb,
	"channel" text NOT NULL,
	"ts" text,
	"event_id" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "processed_events" ADD COLUMN "decision" jsonb;--> statement-breakpoint
CREATE INDEX "checked_commits_first_started_at" ON "checked_commits" USING btree ("repository","branch","first_started_at");--> statement-breakpoint
CREATE INDEX "failed_checks_status" ON "failed_checks" USING btree ("repository","branch","status");--> statement-breakpoint
CREATE INDEX "failed_checks_sha" ON "failed_checks" USING btree ("repository","branch","sha");
--> statement-breakpoint
INSERT INTO "checked_commits" ("repository", "branch", "sha", "first_started_at", "last_completed_at")
SELECT "repository", "branch", "sha", min("started_at"), max("completed_at")
FROM (
	SELECT "repository", "branch", "sha", "started_at", "completed_at" FROM "passed_checks"
	UNION ALL
	SELECT "context"->>'repository', "context"->>'branch', "ref", ("context"->>'startedAt')::timestamptz, ("context"->>'completedAt')::timestamptz
	FROM "slack_messages" WHERE "type" = 'required-check'
) AS "runs"
GROUP BY 1, 2, 3
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO "failed_checks" ("repository", "branch", "sha", "status", "completed_at", "url", "commit", "channel", "ts", "event_id", "received_at", "created_at")
SELECT "context"->>'repository', "context"->>'branch', "ref", "context"->>'status', ("context"->>'completedAt')::timestamptz, "context"->>'url',
	nullif("context"->'commit', 'null'::jsonb), "channel", "ts", 'before 0002', "created_at", "created_at"
FROM "slack_messages" WHERE "type" = 'required-check' ORDER BY "id";
--> statement-breakpoint
UPDATE "failed_checks" SET "first_failure_id" = "first"."id"
FROM "slack_messages" AS "message", "failed_checks" AS "first"
WHERE "message"."type" = 'required-check'
	AND "message"."channel" = "failed_checks"."channel" AND "message"."ts" = "failed_checks"."ts"
	AND "first"."channel" = "failed_checks"."channel" AND "first"."ts" = "message"."context"->'after'->>'threadTs';
