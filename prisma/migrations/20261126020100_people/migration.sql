-- People who come and go.
ALTER TABLE "platform"."users"
  ADD COLUMN "deactivated_at" TIMESTAMPTZ(3),
  ADD COLUMN "password_generated" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "preset_password" TEXT,
  ADD COLUMN "last_signed_in_at" TIMESTAMPTZ(3);

-- One administrator always stays. Two changes at once would each count on the other's administrator, so one waits for
-- the other; the API takes the same lock.
CREATE FUNCTION "platform"."refuse_loss_of_last_administrator"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7269341108);
  IF NOT EXISTS (SELECT FROM "platform"."users" WHERE "role" = 'ADMINISTRATOR' AND "deactivated_at" IS NULL) THEN
    RAISE EXCEPTION '% is the last administrator', OLD."email" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "users_keep_an_administrator" AFTER DELETE OR UPDATE OF "role", "deactivated_at" ON "platform"."users"
  FOR EACH ROW WHEN (OLD."role" = 'ADMINISTRATOR' AND OLD."deactivated_at" IS NULL)
  EXECUTE FUNCTION "platform"."refuse_loss_of_last_administrator"();
