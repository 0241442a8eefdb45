-- How many sessions of the source read a stream at once.
ALTER TABLE "platform"."streams"
    ADD COLUMN "parallel" INTEGER,
    ADD CONSTRAINT "streams_parallel" CHECK ("parallel" BETWEEN 1 AND 8),
    ADD CONSTRAINT "streams_chunk_rows" CHECK ("chunk_rows" >= 0);
