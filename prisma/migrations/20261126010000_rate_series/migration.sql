-- How many rows a run had read when. A table of its own: it changes more rarely than the run, and few readers want it.
CREATE TABLE "platform"."rate_series" (
    "run_id" TEXT NOT NULL,
    "every_ms" INTEGER NOT NULL,
    "elapsed_ms" BIGINT[] NOT NULL,
    "read" BIGINT[] NOT NULL,
    CONSTRAINT "rate_series_pkey" PRIMARY KEY ("run_id"),
    CONSTRAINT "rate_series_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "platform"."job_runs" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "rate_series_size" CHECK (cardinality("elapsed_ms") = cardinality("read") AND cardinality("read") <= 240)
);
