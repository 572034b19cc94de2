CREATE TABLE "deploys" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deploys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"external_id" integer NOT NULL,
	"app" text NOT NULL,
	"environment" text NOT NULL,
	"status" text NOT NULL,
	"title" text NOT NULL,
	"link" text,
	"ref" text,
	"sha" text,
	"previous_sha" text,
	"deployer" text,
	"queued_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"duration" double precision,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passed_checks" (
	"repository" text NOT NULL,
	"branch" text NOT NULL,
	"sha" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "passed_checks_repository_branch_sha_pk" PRIMARY KEY("repository","branch","sha")
);
--> statement-breakpoint
CREATE TABLE "processed_events" (
	"subscriber" text NOT NULL,
	"event_id" text NOT NULL,
	"attempts" integer DEFAULT 1 NOT NULL,
	"first_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "processed_events_subscriber_event_id_pk" PRIMARY KEY("subscriber","event_id")
);
--> statement-breakpoint
CREATE TABLE "slack_messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "slack_messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"type" text NOT NULL,
	"ref" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"context" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"slack_user" text,
	"github_user" text,
	"preferences" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_slack_user_unique" UNIQUE("slack_user")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "deploys_external_id_app_environment_unique" ON "deploys" USING btree ("external_id","app","environment");--> statement-breakpoint
CREATE INDEX "deploys_app_environment_status" ON "deploys" USING btree ("app","environment","status");--> statement-breakpoint
CREATE INDEX "passed_checks_started_at" ON "passed_checks" USING btree ("repository","branch","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "slack_messages_channel_ts_unique" ON "slack_messages" USING btree ("channel","ts");--> statement-breakpoint
CREATE INDEX "slack_messages_type_ref" ON "slack_messages" USING btree ("type","ref");--> statement-breakpoint
CREATE UNIQUE INDEX "users_github_user_unique" ON "users" USING btree (lower("github_user"));