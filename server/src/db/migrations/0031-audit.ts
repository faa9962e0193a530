/**
 * The record of changes: a chain of rows, each with the hash of itself and the one before, and beside it a witness of
 * every hash, so that a row that is gone is missed, the last one too. Row triggers write it when a transaction commits,
 * so the chain is held by one commit after another and never for the length of a transaction.
 */
export const audit: readonly string[] = [
  `CREATE TABLE audit_events (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_id text,
    actor_by text NOT NULL,
    via text,
    reason text,
    action text NOT NULL CHECK (action IN ('create', 'change', 'delete')),
    subject text NOT NULL,
    subject_id text NOT NULL,
    project_id text,
    organisation_id text,
    before jsonb,
    after jsonb,
    hash bytea NOT NULL
  )`,
  `CREATE TABLE audit_witness (seq bigint PRIMARY KEY, hash bytea NOT NULL)`,
  `CREATE INDEX audit_events_actor ON audit_events (actor_id, seq)`,
  `CREATE INDEX audit_events_subject ON audit_events (subject, subject_id, seq)`,
  `CREATE INDEX audit_events_project ON audit_events (project_id, seq) WHERE project_id IS NOT NULL`,
  `CREATE INDEX audit_events_at ON audit_events (at)`,
  `CREATE FUNCTION audit_hash(previous bytea, e audit_events) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(coalesce(previous, ''::bytea) || convert_to(jsonb_build_array(
      e.seq, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_id, e.actor_by, e.via, e.reason, e.action,
      e.subject, e.subject_id, e.project_id, e.organisation_id, e.before, e.after)::text, 'UTF8'))
  $$`,
  `CREATE FUNCTION audit_columns(entry jsonb, shown text[], digested text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_object_agg(name, CASE
      WHEN name = ANY (digested) AND entry -> name <> 'null'::jsonb
        THEN to_jsonb('sha256:' || encode(sha256(convert_to(entry ->> name, 'UTF8')), 'hex'))
      ELSE entry -> name END)
    FROM unnest(shown) AS name
  $$`,
  `CREATE FUNCTION audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    e audit_events;
    keys text[] := string_to_array(TG_ARGV[1], ',');
    shown text[] := string_to_array(TG_ARGV[2], ',');
    digested text[] := string_to_array(TG_ARGV[3], ',');
    entry jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    actor jsonb := nullif(current_setting('vesalius.actor', true), '')::jsonb;
    last_seq bigint;
    last_hash bytea;
  BEGIN
    IF TG_OP <> 'INSERT' THEN e.before := audit_columns(to_jsonb(OLD), shown, digested); END IF;
    IF TG_OP <> 'DELETE' THEN e.after := audit_columns(to_jsonb(NEW), shown, digested); END IF;
    IF TG_OP = 'UPDATE' THEN
      SELECT jsonb_object_agg(name, e.before -> name), jsonb_object_agg(name, e.after -> name)
        INTO e.before, e.after
        FROM unnest(shown) AS name WHERE e.before -> name IS DISTINCT FROM e.after -> name;
      IF e.after IS NULL THEN RETURN NULL; END IF;
    END IF;
    PERFORM pg_advisory_xact_lock(736165, 31);
    SELECT seq, hash INTO last_seq, last_hash FROM audit_witness ORDER BY seq DESC LIMIT 1;
    e.seq := coalesce(last_seq, 0) + 1;
    e.at := date_trunc('microseconds', clock_timestamp());
    e.actor_id := actor ->> 'id';
    e.actor_by := coalesce(actor ->> 'by', 'system');
    e.via := actor ->> 'via';
    e.reason := actor ->> 'reason';
    e.action := CASE TG_OP WHEN 'INSERT' THEN 'create' WHEN 'UPDATE' THEN 'change' ELSE 'delete' END;
    e.subject := TG_ARGV[0];
    e.subject_id := (SELECT string_agg(coalesce(entry ->> name, ''), '/' ORDER BY place)
      FROM unnest(keys) WITH ORDINALITY AS key (name, place));
    e.project_id := CASE WHEN TG_TABLE_NAME = 'projects' THEN entry ->> 'id' ELSE coalesce(entry ->> 'project_id',
      (SELECT project_id FROM images WHERE id = entry ->> 'image_id')) END;
    e.organisation_id := CASE WHEN TG_TABLE_NAME = 'organisations' THEN entry ->> 'id' ELSE coalesce(
      entry ->> 'organisation_id', (SELECT organisation_id FROM projects WHERE id = e.project_id)) END;
    e.hash := audit_hash(last_hash, e);
    INSERT INTO audit_events SELECT e.*;
    INSERT INTO audit_witness (seq, hash) VALUES (e.seq, e.hash);
    RETURN NULL;
  END
  $$`,
  `CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the record of changes is only added to';
  END
  $$`,
  `CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()`,
  `CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_witness
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()`,
]
