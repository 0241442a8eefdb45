-- The server that runs of several connectors may share, for the limit on simultaneous runs.
ALTER TABLE "platform"."connectors" ADD COLUMN "source_host" TEXT;
ALTER TABLE "platform"."job_runs" ADD COLUMN "source_host" TEXT;
ALTER TABLE "platform"."workers" ADD COLUMN "runs_per_source_host" INTEGER;

UPDATE "platform"."connectors" SET "source_host" = lower("settings" ->> 'host') || ':' || coalesce("settings" ->> 'port', '5432') WHERE "kind" = 'postgres';
UPDATE "platform"."job_runs" r SET "source_host" = c."source_host" FROM "platform"."connectors" c WHERE c."id" = r."connector_id" AND r."finished_at" IS NULL;

-- Who reads from a server now, and who waits for it.
CREATE INDEX "job_runs_source_host" ON "platform"."job_runs" ("source_host", "status") WHERE "status" IN ('PENDING', 'RUNNING');
