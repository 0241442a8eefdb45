-- How long things are kept where a connector says nothing else. There is one row.
CREATE TABLE "platform"."retention_default" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "keep_runs" INTEGER NOT NULL DEFAULT 1000,
    "keep_runs_days" INTEGER NOT NULL DEFAULT 365,
    "keep_logs_days" INTEGER NOT NULL DEFAULT 90,
    "keep_rejected_rows_days" INTEGER NOT NULL DEFAULT 30,
    "changed_at" TIMESTAMPTZ(3),
    "changed_by" TEXT,

    CONSTRAINT "retention_default_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "retention_default_one" CHECK ("id"),
    CONSTRAINT "retention_default_keep" CHECK (least("keep_runs", "keep_runs_days", "keep_logs_days", "keep_rejected_rows_days") > 0)
);
INSERT INTO "platform"."retention_default" DEFAULT VALUES;

-- What nobody ever chose is the platform's from now on; today it is the same.
ALTER TABLE "platform"."connectors"
  ALTER COLUMN "keep_runs" DROP NOT NULL, ALTER COLUMN "keep_runs" DROP DEFAULT,
  ALTER COLUMN "keep_runs_days" DROP NOT NULL, ALTER COLUMN "keep_runs_days" DROP DEFAULT,
  ALTER COLUMN "keep_logs_days" DROP NOT NULL, ALTER COLUMN "keep_logs_days" DROP DEFAULT,
  ALTER COLUMN "keep_rejected_rows_days" DROP NOT NULL, ALTER COLUMN "keep_rejected_rows_days" DROP DEFAULT;
UPDATE "platform"."connectors" SET
  "keep_runs" = nullif("keep_runs", 1000),
  "keep_runs_days" = nullif("keep_runs_days", 365),
  "keep_logs_days" = nullif("keep_logs_days", 90),
  "keep_rejected_rows_days" = nullif("keep_rejected_rows_days", 30);
