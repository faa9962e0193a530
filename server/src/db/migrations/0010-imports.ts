/** Imports in the background with a report per file, and what a project does with content it holds already. */
export const imports: readonly string[] = [
  `CREATE TABLE imports (
    id text PRIMARY KEY,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    created_by text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('files', 'archive', 'folder', 'address')),
    source text NOT NULL,
    duplicates text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
    total integer,
    stored integer NOT NULL DEFAULT 0,
    refused integer NOT NULL DEFAULT 0,
    duplicate_count integer NOT NULL DEFAULT 0,
    ignored integer NOT NULL DEFAULT 0,
    byte_size bigint NOT NULL DEFAULT 0,
    error jsonb,
    cancel_requested boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz
  )`,
  `CREATE INDEX imports_project ON imports (project_id, id)`,
  `CREATE INDEX imports_open ON imports (id) WHERE state IN ('pending', 'running')`,
  `CREATE TABLE import_items (
    import_id text NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    position integer NOT NULL,
    path text NOT NULL,
    state text NOT NULL CHECK (state IN ('stored', 'refused', 'duplicate')),
    image_id text,
    error jsonb,
    PRIMARY KEY (import_id, position),
    UNIQUE (import_id, path)
  )`,
  `CREATE INDEX import_items_state ON import_items (import_id, state, position)`,
  `ALTER TABLE projects ADD COLUMN IF NOT EXISTS duplicates text NOT NULL DEFAULT 'ask'`,
]
