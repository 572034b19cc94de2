CREATE TABLE "delivery_log_reads" (
	"log" text PRIMARY KEY NOT NULL,
	"seen_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "redeliveries" (
	"guid" text PRIMARY KEY NOT NULL,
	"event" text NOT NULL,
	"repository_id" text,
	"delivery_id" text NOT NULL,
	"first_failed_at" timestamp with time zone NOT NULL,
	"requested" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"recovered_at" timestamp with time zone,
	"gave_up_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "redeliveries_pending" ON "redeliveries" USING btree ("next_attempt_at") WHERE "redeliveries"."recovered_at" IS NULL AND "redeliveries"."gave_up_at" IS NULL;