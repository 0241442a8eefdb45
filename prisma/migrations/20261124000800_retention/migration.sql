-- How long what a connector's runs leave behind is kept.
ALTER TABLE "platform"."connectors"
  ADD COLUMN "keep_runs" INTEGER NOT NULL DEFAULT 1000,
  ADD COLUMN "keep_runs_days" INTEGER NOT NULL DEFAULT 365,
  ADD COLUMN "keep_logs_days" INTEGER NOT NULL DEFAULT 90,
  ADD COLUMN "keep_rejected_rows_days" INTEGER NOT NULL DEFAULT 30,
  ADD CONSTRAINT "connectors_keep" CHECK (least("keep_runs", "keep_runs_days", "keep_logs_days", "keep_rejected_rows_days") > 0);

ALTER TABLE "platform"."job_runs"
  ADD COLUMN "log_removed_at" TIMESTAMPTZ(3),
  ADD COLUMN "rejected_rows_removed_at" TIMESTAMPTZ(3);

-- What may have become too old.
CREATE INDEX "job_runs_finished" ON "platform"."job_runs" ("finished_at") WHERE "finished_at" IS NOT NULL;
CREATE INDEX "job_runs_log_kept" ON "platform"."job_runs" ("finished_at") WHERE "log_removed_at" IS NULL;
CREATE INDEX "job_runs_rejected_rows_kept" ON "platform"."job_runs" ("finished_at") WHERE "rejected_rows_removed_at" IS NULL AND "rejected" > 0;
-- A run that goes takes itself out of the retries that name it.
CREATE INDEX "job_runs_retry_of" ON "platform"."job_runs" ("retry_of_id") WHERE "retry_of_id" IS NOT NULL;

-- The newest ended run of a connector, and its newest completed one, are kept whatever their age; those of a deleted one are not.
CREATE FUNCTION "platform"."is_newest_run"(r "platform"."job_runs") RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM "platform"."connectors" c WHERE c."id" = r."connector_id" AND c."deleted_at" IS NULL)
    AND (
      NOT EXISTS (SELECT FROM "platform"."job_runs" n WHERE n."connector_id" = r."connector_id" AND n."number" > r."number" AND n."finished_at" IS NOT NULL)
      OR (r."status" = 'COMPLETED' AND NOT EXISTS (
        SELECT FROM "platform"."job_runs" n WHERE n."connector_id" = r."connector_id" AND n."number" > r."number" AND n."status" = 'COMPLETED')))
$$;
