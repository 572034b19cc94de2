CREATE TABLE "people" (
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"slack_user" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_kind_value_pk" PRIMARY KEY("kind","value")
);
--> statement-breakpoint
CREATE INDEX "people_slack_user" ON "people" USING btree ("slack_user");