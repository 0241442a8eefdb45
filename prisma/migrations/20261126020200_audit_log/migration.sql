-- Who did what to which thing, when, from where. Each entry holds the hash of the one before it and its own, so that
-- nobody changes, removes or inserts one unseen; `verifyAuditLog` computes them anew.
CREATE TABLE "platform"."audit_log" (
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_id" TEXT,
    "address" TEXT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" TEXT,
    -- JSON as it was written: its hash is that of this text.
    "details" TEXT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("number")
);
CREATE INDEX "audit_log_action_number_idx" ON "platform"."audit_log"("action", "number" DESC);
CREATE INDEX "audit_log_at_idx" ON "platform"."audit_log"("at");

-- What a transaction has to tell. Always empty to others: at the commit it moves into the log.
CREATE TABLE "platform"."audit_pending" (
    "id" BIGINT GENERATED ALWAYS AS IDENTITY,
    "actor_kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_id" TEXT,
    "address" TEXT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" TEXT,
    "details" TEXT NOT NULL,

    CONSTRAINT "audit_pending_pkey" PRIMARY KEY ("id")
);

-- Fields with their lengths, so that no two entries are the same text; store/audit-log computes the same.
CREATE FUNCTION "platform"."audit_text"(VARIADIC "fields" TEXT[]) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(coalesce(octet_length(f) || ':' || f, '-'), ',' ORDER BY n) FROM unnest("fields") WITH ORDINALITY AS x(f, n)
$$;

-- At the commit, as its last act: entries are appended one after the other, and none waits for more than another's commit.
CREATE FUNCTION "platform"."append_to_audit_log"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "last" "platform"."audit_log";
  "next" INTEGER;
  "now" TIMESTAMPTZ(3);
  "before" TEXT;
BEGIN
  PERFORM pg_advisory_xact_lock(7269341109);
  SELECT * INTO "last" FROM "platform"."audit_log" ORDER BY "number" DESC LIMIT 1;
  "next" := coalesce("last"."number", 0) + 1;
  "now" := clock_timestamp();
  "before" := coalesce("last"."hash", repeat('0', 64));
  INSERT INTO "platform"."audit_log" VALUES (
    "next", "now", NEW."actor_kind", NEW."actor", NEW."actor_id", NEW."address", NEW."action", NEW."subject_kind", NEW."subject",
    NEW."subject_id", NEW."details", "before",
    encode(sha256(convert_to("platform"."audit_text"("before", "next"::text, to_char("now" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      NEW."actor_kind", NEW."actor", NEW."actor_id", NEW."address", NEW."action", NEW."subject_kind", NEW."subject", NEW."subject_id",
      NEW."details"), 'UTF8')), 'hex'));
  DELETE FROM "platform"."audit_pending" WHERE "id" = NEW."id";
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "audit_pending_is_appended" AFTER INSERT ON "platform"."audit_pending"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "platform"."append_to_audit_log"();

CREATE FUNCTION "platform"."refuse_change_of_audit_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log only grows: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "audit_log_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "platform"."audit_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "platform"."refuse_change_of_audit_log"();
