-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "platform";

-- CreateEnum
CREATE TYPE "platform"."role" AS ENUM ('VIEWER', 'OPERATOR', 'ADMINISTRATOR');

-- CreateEnum
CREATE TYPE "platform"."job_run_status" AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'ERROR', 'CANCELLED');

-- CreateEnum
CREATE TYPE "platform"."job_trigger" AS ENUM ('MANUAL', 'SCHEDULED', 'RETRY', 'API');

-- CreateEnum
CREATE TYPE "platform"."log_level" AS ENUM ('DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL');

-- CreateEnum
CREATE TYPE "platform"."sync_mode" AS ENUM ('FULL_REFRESH', 'INCREMENTAL', 'APPEND');

-- CreateEnum
CREATE TYPE "platform"."missed_run_policy" AS ENUM ('RUN_ONCE', 'SKIP');

-- CreateTable
CREATE TABLE "platform"."users" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" "platform"."role" NOT NULL DEFAULT 'VIEWER',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."sessions" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."accounts" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."verifications" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."rate_limits" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."api_tokens" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "role" "platform"."role" NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."connectors" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "credentials_sealed" BYTEA,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "connect_timeout_seconds" INTEGER NOT NULL DEFAULT 20,
    "max_duration_seconds" INTEGER,
    "max_attempts" INTEGER NOT NULL DEFAULT 3,
    "memory_mb" INTEGER NOT NULL DEFAULT 256,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "connectors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."streams" (
    "id" TEXT NOT NULL,
    "connector_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "mode" "platform"."sync_mode" NOT NULL DEFAULT 'FULL_REFRESH',
    "primary_key_given" BOOLEAN NOT NULL DEFAULT false,
    "primary_key" TEXT[],
    "destination_table" TEXT NOT NULL,
    "reject_limit" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "streams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."schedules" (
    "connector_id" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "missed_runs" "platform"."missed_run_policy" NOT NULL DEFAULT 'RUN_ONCE',
    "next_at" TIMESTAMPTZ(3),

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("connector_id")
);

-- CreateTable
CREATE TABLE "platform"."schedule_slots" (
    "connector_id" TEXT NOT NULL,
    "scheduled_for" TIMESTAMPTZ(3) NOT NULL,
    "run_id" TEXT,
    "reason" TEXT,
    "fired_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_slots_pkey" PRIMARY KEY ("connector_id","scheduled_for")
);

-- CreateTable
CREATE TABLE "platform"."job_runs" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "connector_id" TEXT NOT NULL,
    "status" "platform"."job_run_status" NOT NULL DEFAULT 'PENDING',
    "trigger" "platform"."job_trigger" NOT NULL,
    "requested_by" TEXT,
    "retry_of_id" TEXT,
    "idempotency_key" TEXT,
    "scheduled_for" TIMESTAMPTZ(3),
    "configuration" JSONB NOT NULL,
    "credentials_sealed" BYTEA,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "max_attempts" INTEGER NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "available_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "last_log_seq" INTEGER NOT NULL DEFAULT 0,
    "read" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "superseded" BIGINT NOT NULL DEFAULT 0,
    "inserted" BIGINT NOT NULL DEFAULT 0,
    "updated" BIGINT NOT NULL DEFAULT 0,
    "unchanged" BIGINT NOT NULL DEFAULT 0,
    "deleted" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "expected" BIGINT,
    "rows_per_second" DOUBLE PRECISION,
    "failure" JSONB,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "job_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."job_steps" (
    "run_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "stream" TEXT,
    "status" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "read" BIGINT NOT NULL DEFAULT 0,
    "detail" TEXT,

    CONSTRAINT "job_steps_pkey" PRIMARY KEY ("run_id","attempt","position")
);

-- CreateTable
CREATE TABLE "platform"."log_lines" (
    "run_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "level" "platform"."log_level" NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "log_lines_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "platform"."rejected_rows" (
    "run_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "stream" TEXT NOT NULL,
    "position" BIGINT,
    "key" TEXT,
    "column" TEXT NOT NULL,
    "raw_value" TEXT,
    "rule" TEXT NOT NULL,

    CONSTRAINT "rejected_rows_pkey" PRIMARY KEY ("run_id","ordinal")
);

-- CreateTable
CREATE TABLE "platform"."outbox" (
    "run_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "available_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("run_id","attempt")
);

-- CreateTable
CREATE TABLE "platform"."source_requests" (
    "id" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "credentials" BYTEA,
    "connect_timeout_seconds" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answered_at" TIMESTAMPTZ(3),
    "answer" JSONB,

    CONSTRAINT "source_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."workers" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "slots" INTEGER NOT NULL,
    "busy" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "platform"."users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_key" ON "platform"."sessions"("token");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "platform"."sessions"("user_id");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "platform"."accounts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_provider_id_account_id_key" ON "platform"."accounts"("provider_id", "account_id");

-- CreateIndex
CREATE INDEX "verifications_identifier_idx" ON "platform"."verifications"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limits_key_key" ON "platform"."rate_limits"("key");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "platform"."api_tokens"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "streams_destination_table_key" ON "platform"."streams"("destination_table");

-- CreateIndex
CREATE UNIQUE INDEX "streams_connector_id_name_key" ON "platform"."streams"("connector_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "streams_connector_id_position_key" ON "platform"."streams"("connector_id", "position");

-- CreateIndex
CREATE INDEX "schedules_next_at_idx" ON "platform"."schedules"("next_at");

-- CreateIndex
CREATE UNIQUE INDEX "job_runs_number_key" ON "platform"."job_runs"("number");

-- CreateIndex
CREATE INDEX "job_runs_connector_id_number_idx" ON "platform"."job_runs"("connector_id", "number" DESC);

-- CreateIndex
CREATE INDEX "job_runs_status_number_idx" ON "platform"."job_runs"("status", "number" DESC);

-- CreateIndex
CREATE INDEX "job_runs_queued_at_idx" ON "platform"."job_runs"("queued_at");

-- CreateIndex
CREATE UNIQUE INDEX "job_runs_connector_id_idempotency_key_key" ON "platform"."job_runs"("connector_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "job_runs_connector_id_scheduled_for_key" ON "platform"."job_runs"("connector_id", "scheduled_for");

-- CreateIndex
CREATE INDEX "outbox_available_at_idx" ON "platform"."outbox"("available_at");

-- CreateIndex
CREATE INDEX "source_requests_created_at_idx" ON "platform"."source_requests"("created_at");

-- AddForeignKey
ALTER TABLE "platform"."sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "platform"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform"."accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "platform"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform"."streams" ADD CONSTRAINT "streams_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "platform"."connectors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform"."schedules" ADD CONSTRAINT "schedules_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "platform"."connectors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform"."job_runs" ADD CONSTRAINT "job_runs_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "platform"."connectors"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform"."job_runs" ADD CONSTRAINT "job_runs_retry_of_id_fkey" FOREIGN KEY ("retry_of_id") REFERENCES "platform"."job_runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform"."job_steps" ADD CONSTRAINT "job_steps_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "platform"."job_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform"."log_lines" ADD CONSTRAINT "log_lines_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "platform"."job_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform"."rejected_rows" ADD CONSTRAINT "rejected_rows_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "platform"."job_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma has no word for: invariants that the database itself holds.

-- One active run per connector.
CREATE UNIQUE INDEX "job_runs_one_active_per_connector" ON "platform"."job_runs" ("connector_id") WHERE "status" IN ('PENDING', 'RUNNING');

-- The sweep for lost workers reads running runs only.
CREATE INDEX "job_runs_lease" ON "platform"."job_runs" ("lease_until") WHERE "status" = 'RUNNING';

-- A deleted connector gives its name free.
CREATE UNIQUE INDEX "connectors_name" ON "platform"."connectors" (lower("name")) WHERE "deleted_at" IS NULL;

ALTER TABLE "platform"."job_runs"
  ADD CONSTRAINT "job_runs_final_is_finished" CHECK (("status" IN ('COMPLETED', 'FAILED', 'ERROR', 'CANCELLED')) = ("finished_at" IS NOT NULL)),
  ADD CONSTRAINT "job_runs_running_is_leased" CHECK (("status" = 'RUNNING') = ("lease_owner" IS NOT NULL AND "lease_until" IS NOT NULL)),
  ADD CONSTRAINT "job_runs_failure_has_cause" CHECK ("status" NOT IN ('FAILED', 'ERROR') OR "failure" IS NOT NULL),
  ADD CONSTRAINT "job_runs_ended_keeps_no_secret" CHECK ("finished_at" IS NULL OR "credentials_sealed" IS NULL),
  ADD CONSTRAINT "job_runs_counts" CHECK (least("read", "rejected", "superseded", "inserted", "updated", "unchanged", "deleted", "bytes", "expected") >= 0),
  ADD CONSTRAINT "job_runs_completed_balances" CHECK ("status" <> 'COMPLETED' OR "read" = "inserted" + "updated" + "unchanged" + "rejected" + "superseded");

-- Nothing leaves a final status, whoever writes.
CREATE FUNCTION "platform"."refuse_to_leave_final_status"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'job run % is % and stays so', OLD."number", OLD."status" USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "job_runs_final_is_final" BEFORE UPDATE OF "status" ON "platform"."job_runs" FOR EACH ROW
  WHEN (OLD."finished_at" IS NOT NULL AND NEW."status" IS DISTINCT FROM OLD."status")
  EXECUTE FUNCTION "platform"."refuse_to_leave_final_status"();
