/** What a person narrowed a project's list to, under a name. */
export const savedFilters: readonly string[] = [
  `CREATE TABLE saved_filters (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name text NOT NULL,
    query text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (project_id, user_id, name)
  )`,
]
