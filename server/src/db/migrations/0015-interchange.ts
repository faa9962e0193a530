/** Exports written in the background, and imports of annotations that are looked at before they are applied. */
export const interchange: readonly string[] = [
  `CREATE TABLE exports (
    id text PRIMARY KEY,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    request jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
    progress jsonb NOT NULL,
    result jsonb,
    problem jsonb,
    uri text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
  `CREATE INDEX exports_project ON exports (project_id, created_at DESC)`,
  `CREATE INDEX exports_age ON exports (created_at)`,
  `CREATE TABLE annotation_imports (
    id text PRIMARY KEY,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    format text NOT NULL,
    files jsonb NOT NULL,
    choices jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('reading', 'ready', 'writing', 'done', 'failed')),
    progress jsonb NOT NULL,
    report jsonb,
    problem jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
  `CREATE INDEX annotation_imports_project ON annotation_imports (project_id, created_at DESC)`,
  `CREATE INDEX annotation_imports_age ON annotation_imports (created_at)`,
]
