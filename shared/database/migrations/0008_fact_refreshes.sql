CREATE TABLE "fact_refreshes" (
	"warehouse" text PRIMARY KEY NOT NULL,
	"refreshed_until" timestamp with time zone NOT NULL,
	"current" jsonb
);
