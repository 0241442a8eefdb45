-- Tokens that people make: by what they know them, whose they are, and who ended them.
ALTER TABLE "platform"."api_tokens"
  ADD COLUMN "prefix" TEXT,
  ADD COLUMN "person_id" TEXT,
  ADD COLUMN "revoked_by" TEXT;

-- AddForeignKey
ALTER TABLE "platform"."api_tokens" ADD CONSTRAINT "api_tokens_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "platform"."users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "api_tokens_person_id_idx" ON "platform"."api_tokens"("person_id");
