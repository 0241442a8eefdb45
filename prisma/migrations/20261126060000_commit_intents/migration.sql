-- Commits on another server that were about to happen. One that was noted is in stream_commits instead.
CREATE TABLE "platform"."commit_intents" (
    "run_id" TEXT NOT NULL REFERENCES "platform"."job_runs" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "stream" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    PRIMARY KEY ("run_id", "stream")
);
