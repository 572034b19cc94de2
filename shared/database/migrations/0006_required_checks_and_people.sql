CREATE TABLE "branch_rules" (
	"repository" text NOT NULL,
	"branch" text NOT NULL,
	"checks" jsonb NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "branch_rules_repository_branch_pk" PRIMARY KEY("repository","branch")
);
--> statement-breakpoint
CREATE TABLE "commit_checks" (
	"repository" text NOT NULL,
	"branch" text NOT NULL,
	"check_name" text NOT NULL,
	"sha" text NOT NULL,
	"first_started_at" timestamp with time zone NOT NULL,
	"last_completed_at" timestamp with time zone NOT NULL,
	"passed_at" timestamp with time zone,
	CONSTRAINT "commit_checks_repository_branch_check_name_sha_pk" PRIMARY KEY("repository","branch","check_name","sha")
);
--> statement-breakpoint
ALTER TABLE "failed_checks" ADD COLUMN "check_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "failed_checks" ADD COLUMN "service" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "commit_checks_first_started_at" ON "commit_checks" USING btree ("repository","branch","first_started_at");--> statement-breakpoint
-- Checks that the running release stores from here on until it is replaced stay in its own tables: a later pass mends what they would have.
INSERT INTO "commit_checks" ("repository", "branch", "check_name", "sha", "first_started_at", "last_completed_at", "passed_at")
SELECT
	coalesce(c."repository", p."repository"),
	coalesce(c."branch", p."branch"),
	'',
	coalesce(c."sha", p."sha"),
	coalesce(c."first_started_at", p."started_at"),
	coalesce(c."last_completed_at", p."completed_at"),
	p."completed_at"
FROM "checked_commits" c
FULL JOIN "passed_checks" p ON p."repository" = c."repository" AND p."branch" = c."branch" AND p."sha" = c."sha";
--> statement-breakpoint
CREATE TABLE "people" (
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"slack_user" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_kind_value_pk" PRIMARY KEY("kind","value")
);
--> statement-breakpoint
CREATE INDEX "people_slack_user" ON "people" USING btree ("slack_user");