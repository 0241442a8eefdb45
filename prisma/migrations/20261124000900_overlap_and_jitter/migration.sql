CREATE TYPE "platform"."overlap_policy" AS ENUM ('SKIP', 'QUEUE');

ALTER TABLE "platform"."schedules"
    ADD COLUMN "overlap" "platform"."overlap_policy" NOT NULL DEFAULT 'SKIP',
    ADD COLUMN "jitter_seconds" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "offset_seconds" INTEGER NOT NULL DEFAULT 0;

-- Of each connector one slot may wait for the end of a run.
CREATE UNIQUE INDEX "schedule_slots_waiting" ON "platform"."schedule_slots" ("connector_id") WHERE "run_id" IS NULL AND "reason" IS NULL;
