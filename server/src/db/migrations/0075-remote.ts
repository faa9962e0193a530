/** Models elsewhere: how a project reaches them, what they were asked, and what was said to and by them. */
export const remote: readonly string[] = [
  `CREATE TABLE remote_servers (
    project_id text PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    settings jsonb NOT NULL,
    version integer NOT NULL,
    sealed_secrets jsonb NOT NULL DEFAULT '[]',
    sealed_bearer text,
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE worker_tokens (
    id text PRIMARY KEY,
    project_id text REFERENCES projects (id) ON DELETE CASCADE,
    organisation_id text REFERENCES organisations (id) ON DELETE CASCADE,
    name text NOT NULL,
    secret_hash text NOT NULL UNIQUE,
    created_by text REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    last_used_by text,
    CHECK ((project_id IS NULL) <> (organisation_id IS NULL))
  )`,
  `CREATE INDEX worker_tokens_project ON worker_tokens (project_id) WHERE project_id IS NOT NULL`,
  `CREATE INDEX worker_tokens_organisation ON worker_tokens (organisation_id) WHERE organisation_id IS NOT NULL`,
  `CREATE TABLE remote_jobs (
    id text PRIMARY KEY,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('prelabel', 'training')),
    image_id text REFERENCES images (id) ON DELETE CASCADE,
    run_id text REFERENCES runs (id) ON DELETE CASCADE,
    server_version integer NOT NULL,
    model_version_id text,
    state text NOT NULL CHECK (state IN ('waiting', 'sent', 'leased', 'succeeded', 'failed', 'cancelled')),
    reason text,
    attempts integer NOT NULL DEFAULT 0,
    lease_id text,
    worker_token_id text REFERENCES worker_tokens (id) ON DELETE SET NULL,
    lease_until timestamptz,
    expires_at timestamptz,
    progress jsonb,
    result jsonb,
    code text,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK ((image_id IS NULL) <> (run_id IS NULL))
  )`,
  `CREATE UNIQUE INDEX remote_jobs_image ON remote_jobs (image_id)
    WHERE image_id IS NOT NULL AND state IN ('waiting', 'sent', 'leased')`,
  `CREATE UNIQUE INDEX remote_jobs_run ON remote_jobs (run_id)
    WHERE run_id IS NOT NULL AND state IN ('waiting', 'sent', 'leased')`,
  `CREATE INDEX remote_jobs_open ON remote_jobs (project_id, created_at) WHERE state IN ('waiting', 'sent', 'leased')`,
  `CREATE INDEX remote_jobs_finished ON remote_jobs (finished_at) WHERE finished_at IS NOT NULL`,
  `CREATE INDEX remote_jobs_any_image ON remote_jobs (image_id) WHERE image_id IS NOT NULL`,
  `CREATE TABLE remote_deliveries (
    id text PRIMARY KEY,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    job_id text,
    image_id text,
    direction text NOT NULL CHECK (direction IN ('out', 'in')),
    message_id text,
    body_hash text,
    status integer,
    outcome text NOT NULL CHECK (outcome IN ('accepted', 'refused', 'failed')),
    reason text,
    milliseconds integer,
    at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE UNIQUE INDEX remote_deliveries_message ON remote_deliveries (project_id, message_id)
    WHERE direction = 'in' AND message_id IS NOT NULL`,
  `CREATE INDEX remote_deliveries_project ON remote_deliveries (project_id, at, id)`,
  `CREATE INDEX remote_deliveries_at ON remote_deliveries (at)`,
  `ALTER TABLE runs ADD COLUMN place text NOT NULL DEFAULT 'here' CHECK (place IN ('here', 'elsewhere'))`,
]
