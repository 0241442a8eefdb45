-- CreateTable
CREATE TABLE "platform"."job_run_transitions" (
    "run_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "attempt" INTEGER NOT NULL,
    "from_status" "platform"."job_run_status",
    "to_status" "platform"."job_run_status" NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "last_log_seq" INTEGER NOT NULL,
    "counts" JSONB,
    "failure" JSONB,

    CONSTRAINT "job_run_transitions_pkey" PRIMARY KEY ("run_id","revision")
);

-- AddForeignKey
ALTER TABLE "platform"."job_run_transitions" ADD CONSTRAINT "job_run_transitions_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "platform"."job_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The lawful transitions, as in core/job-run/status.
ALTER TABLE "platform"."job_run_transitions"
  ADD CONSTRAINT "job_run_transitions_lawful" CHECK (
    ("from_status" IS NULL AND "to_status" = 'PENDING')
    OR ("from_status" = 'PENDING' AND "to_status" IN ('RUNNING', 'CANCELLED', 'FAILED'))
    OR ("from_status" = 'RUNNING' AND "to_status" IN ('COMPLETED', 'FAILED', 'ERROR', 'CANCELLED', 'PENDING')));

-- What is known of the runs there are.
INSERT INTO "platform"."job_run_transitions" ("run_id", "revision", "at", "attempt", "from_status", "to_status", "by", "reason", "last_log_seq")
SELECT "id", 1, "queued_at", 1, NULL, 'PENDING', coalesce("requested_by", 'schedule'), 'Requested.', 0 FROM "platform"."job_runs";
INSERT INTO "platform"."job_run_transitions" ("run_id", "revision", "at", "attempt", "from_status", "to_status", "by", "reason", "last_log_seq")
SELECT "id", 2, "started_at", "attempt", 'PENDING', 'RUNNING', coalesce("lease_owner", 'a worker'), 'Taken by a worker.', 0
FROM "platform"."job_runs" WHERE "started_at" IS NOT NULL AND "status" <> 'PENDING';
INSERT INTO "platform"."job_run_transitions" ("run_id", "revision", "at", "attempt", "from_status", "to_status", "by", "reason", "last_log_seq")
SELECT "id", greatest(3, "revision"), "finished_at", "attempt",
  CASE WHEN "started_at" IS NULL THEN 'PENDING' ELSE 'RUNNING' END::"platform"."job_run_status", "status", 'a worker', 'Ended before its history was kept.', "last_log_seq"
FROM "platform"."job_runs" WHERE "finished_at" IS NOT NULL;

-- No status without its entry: whoever writes one says, in the same transaction, from what, by whom and why.
CREATE FUNCTION "platform"."refuse_untold_transition"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE "before" "platform"."job_run_status" := CASE TG_OP WHEN 'UPDATE' THEN OLD."status" END;
BEGIN
  IF NOT EXISTS (
    SELECT FROM "platform"."job_run_transitions" t WHERE t."run_id" = NEW."id" AND t."revision" = NEW."revision"
      AND t."to_status" = NEW."status" AND t."from_status" IS NOT DISTINCT FROM "before")
  THEN
    RAISE EXCEPTION 'job run % became % without an entry in its history', NEW."number", NEW."status" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "job_runs_made_is_told" AFTER INSERT ON "platform"."job_runs"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "platform"."refuse_untold_transition"();
CREATE CONSTRAINT TRIGGER "job_runs_transition_is_told" AFTER UPDATE OF "status" ON "platform"."job_runs"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD."status" IS DISTINCT FROM NEW."status")
  EXECUTE FUNCTION "platform"."refuse_untold_transition"();
