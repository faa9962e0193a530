/** What people changed of first guesses, one row an answer, and the figures made of it. */
export const worth: readonly string[] = [
  `CREATE TABLE guess_edits (
    image_id text NOT NULL REFERENCES images(id) ON DELETE CASCADE,
    revision integer NOT NULL,
    project_id text NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
    model_version_id text NOT NULL,
    edits jsonb NOT NULL,
    scores jsonb NOT NULL,
    seconds real,
    PRIMARY KEY (image_id, revision)
  )`,
  `CREATE INDEX guess_edits_project ON guess_edits (project_id, model_version_id)`,
  `CREATE TABLE project_worth (
    project_id text PRIMARY KEY REFERENCES projects(id) ON DELETE CASCADE,
    worth jsonb,
    annotation_changes bigint,
    asked_at timestamptz
  )`,
]
