/** Which image is worth annotating next, and what images look like. */
export const queue: readonly string[] = [
  `ALTER TABLE images ADD COLUMN queue_rank double precision NOT NULL DEFAULT 0`,
  `CREATE INDEX images_queue ON images (project_id, queue_rank, id) WHERE state <> 'DELETED'`,
  `CREATE TABLE image_features (
    image_id text PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
    features jsonb NOT NULL
  )`,
  `ALTER TABLE projects ADD COLUMN ranked_at timestamptz, ADD COLUMN ranked_for text`,
]
