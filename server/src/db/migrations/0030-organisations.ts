/** Organisations: who belongs to them in which role, invitations, limits, and the projects they own. */
export const organisations: readonly string[] = [
  `CREATE TABLE organisations (
    id text PRIMARY KEY,
    name text NOT NULL,
    quota_storage_bytes bigint,
    quota_active_runs integer,
    created_by text REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE organisation_members (
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'reviewer', 'annotator', 'viewer')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, user_id)
  )`,
  `CREATE INDEX organisation_members_user ON organisation_members (user_id)`,
  `CREATE TABLE organisation_invitations (
    id text PRIMARY KEY,
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    email text,
    role text NOT NULL,
    secret_hash text NOT NULL UNIQUE,
    invited_by text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX organisation_invitations_organisation ON organisation_invitations (organisation_id, created_at)`,
  `ALTER TABLE projects ADD COLUMN IF NOT EXISTS organisation_id text REFERENCES organisations (id)`,
  `CREATE INDEX projects_organisation ON projects (organisation_id, created_at) WHERE organisation_id IS NOT NULL`,
  `CREATE INDEX images_size ON images (project_id) INCLUDE (byte_size)`,
]
