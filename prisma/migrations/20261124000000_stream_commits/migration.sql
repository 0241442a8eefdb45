-- CreateTable
CREATE TABLE "platform"."stream_commits" (
    "run_id" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "committed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stream_commits_pkey" PRIMARY KEY ("run_id","stream")
);

-- AddForeignKey
ALTER TABLE "platform"."stream_commits" ADD CONSTRAINT "stream_commits_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "platform"."job_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
