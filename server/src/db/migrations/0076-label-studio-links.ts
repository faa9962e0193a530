/** Where a project of Label Studio that uses a model of ours keeps its pictures, for the account that connected it. */
export const labelStudioLinks: readonly string[] = [
  `CREATE TABLE label_studio_links (
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hostname text NOT NULL,
    sealed_token text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, user_id)
  )`,
]
