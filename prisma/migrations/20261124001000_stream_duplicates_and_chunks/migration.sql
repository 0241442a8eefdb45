CREATE TYPE "platform"."duplicate_policy" AS ENUM ('LAST_WINS', 'FORBID');

ALTER TABLE "platform"."streams"
    ADD COLUMN "duplicates" "platform"."duplicate_policy" NOT NULL DEFAULT 'LAST_WINS',
    ADD COLUMN "chunk_rows" INTEGER;
