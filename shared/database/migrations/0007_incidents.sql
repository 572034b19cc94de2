CREATE TABLE "incidents" (
	"source" text NOT NULL,
	"incident_id" text NOT NULL,
	"state" jsonb NOT NULL,
	"version" integer NOT NULL,
	"channel" text,
	"ts" text,
	"shown_version" integer,
	"message_event_id" text,
	"message_received_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "incidents_source_incident_id_pk" PRIMARY KEY("source","incident_id")
);
--> statement-breakpoint
CREATE INDEX "incidents_updated_at" ON "incidents" USING btree ("updated_at");