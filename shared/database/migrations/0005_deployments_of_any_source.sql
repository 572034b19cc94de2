ALTER TABLE "deploys" ALTER COLUMN "external_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "deploys" ADD COLUMN "source" text DEFAULT 'freight' NOT NULL;--> statement-breakpoint
ALTER TABLE "deploys" ADD COLUMN "deployment_id" text;--> statement-breakpoint
ALTER TABLE "deploys" ADD COLUMN "attempt" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "deploys" ADD COLUMN "number" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "deploys_source_target_deployment_attempt_unique" ON "deploys" USING btree ("source","app","environment",coalesce("deployment_id", "external_id"::text),"attempt");