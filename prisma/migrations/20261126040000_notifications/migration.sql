-- Whom the platform tells of what happens, and how.
CREATE TABLE "platform"."notification_channels" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url_sealed" BYTEA,
    "url_shown" TEXT,
    "secret_sealed" BYTEA,
    "recipients" TEXT[],
    "events" TEXT[],
    "all_connectors" BOOLEAN NOT NULL DEFAULT true,
    "connector_ids" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_channels_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "notification_channels_target" CHECK (
      CASE "kind" WHEN 'EMAIL' THEN "url_sealed" IS NULL AND cardinality("recipients") > 0
      WHEN 'WEBHOOK' THEN "url_sealed" IS NOT NULL WHEN 'SLACK' THEN "url_sealed" IS NOT NULL AND "secret_sealed" IS NULL ELSE false END)
);
-- Whatever its case.
CREATE UNIQUE INDEX "notification_channels_name" ON "platform"."notification_channels" (lower("name"));

-- The outbox of notifications, and what became of them.
CREATE TABLE "platform"."notification_deliveries" (
    "id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_deliveries_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "notification_deliveries_state" CHECK ("state" IN ('PENDING', 'DELIVERED', 'FAILED') AND ("state" = 'PENDING') = ("settled_at" IS NULL))
);
CREATE UNIQUE INDEX "notification_deliveries_channel_id_event_subject_key" ON "platform"."notification_deliveries"("channel_id", "event", "subject");
CREATE INDEX "notification_deliveries_channel_id_created_at_idx" ON "platform"."notification_deliveries"("channel_id", "created_at" DESC);
-- What has still to be sent.
CREATE INDEX "notification_deliveries_due" ON "platform"."notification_deliveries" ("channel_id", "due_at") WHERE "state" = 'PENDING';

-- AddForeignKey
ALTER TABLE "platform"."notification_deliveries" ADD CONSTRAINT "notification_deliveries_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "platform"."notification_channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "platform"."schedulers" ADD COLUMN "sends_email" BOOLEAN NOT NULL DEFAULT false;
