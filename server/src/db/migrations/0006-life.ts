/** Shares, zips that were asked for, the bin by age, and files found again by their content. */
export const life: readonly string[] = [
  `ALTER TABLE images ADD COLUMN IF NOT EXISTS editor_count integer NOT NULL DEFAULT 0`,
  `CREATE TABLE image_editors (
    image_id text NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    added_by text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (image_id, user_id)
  )`,
  `CREATE INDEX image_editors_user ON image_editors (user_id, project_id, image_id)`,
  `CREATE TABLE downloads (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    image_ids jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX downloads_age ON downloads (created_at)`,
  `CREATE INDEX images_bin ON images (deleted_at) WHERE state = 'DELETED'`,
  `CREATE INDEX projects_bin ON projects (deleted_at) WHERE deleted_at IS NOT NULL`,
  `CREATE INDEX images_hash ON images (project_id, content_hash)`,
  `CREATE INDEX users_name ON users (username text_pattern_ops)`,
]
