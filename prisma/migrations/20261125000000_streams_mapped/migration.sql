-- How the columns of a stream are carried over, and what it reads.
ALTER TABLE "platform"."streams"
    ADD COLUMN "fields" JSONB,
    ADD COLUMN "cursor_field" TEXT,
    ADD COLUMN "cursor_overlap" INTEGER,
    ADD COLUMN "schema_changes" JSONB,
    ADD COLUMN "control_totals" JSONB,
    ADD CONSTRAINT "streams_cursor_overlap" CHECK ("cursor_overlap" BETWEEN 0 AND 31536000);

-- Where a rejected row stands at the source, and the row itself, so that it can be replayed.
ALTER TABLE "platform"."rejected_rows"
    ADD COLUMN "place" TEXT,
    ADD COLUMN "row" JSONB;

-- What a run states about a stream that it has committed.
ALTER TABLE "platform"."stream_commits"
    ADD COLUMN "receipt" JSONB;

-- The stream that a worker is asked to preview.
ALTER TABLE "platform"."source_requests"
    ADD COLUMN "stream" JSONB;
