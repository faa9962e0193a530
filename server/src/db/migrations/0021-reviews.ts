/** A second look at labels: decisions, remarks pinned to places, who may decide. */
export const reviews: readonly string[] = [
  `ALTER TABLE projects
    ADD COLUMN review_mode text NOT NULL DEFAULT 'off',
    ADD COLUMN shows_gold_score boolean NOT NULL DEFAULT false`,
  `ALTER TABLE images
    ADD COLUMN review text NOT NULL DEFAULT 'unreviewed',
    ADD COLUMN reviewed_by text REFERENCES users (id) ON DELETE SET NULL,
    ADD COLUMN open_comments integer NOT NULL DEFAULT 0`,
  `CREATE INDEX images_review ON images (project_id, review, id) WHERE annotated_at IS NOT NULL AND state <> 'DELETED'`,
  `CREATE INDEX images_rejected ON images (project_id, annotated_by) WHERE review = 'rejected'`,
  `CREATE TABLE reviews (
    id text PRIMARY KEY,
    image_id text NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    revision integer NOT NULL,
    decision text NOT NULL,
    text text,
    reviewer_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX reviews_image ON reviews (image_id, id DESC)`,
  `CREATE TABLE review_comments (
    id text PRIMARY KEY,
    image_id text NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    parent_id text REFERENCES review_comments (id) ON DELETE CASCADE,
    author_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    text text NOT NULL,
    place jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    resolved_by text REFERENCES users (id) ON DELETE SET NULL
  )`,
  `CREATE INDEX review_comments_image ON review_comments (image_id, id)`,
  `CREATE INDEX review_comments_parent ON review_comments (parent_id)`,
  `CREATE TABLE project_reviewers (
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, user_id)
  )`,
  `CREATE INDEX project_reviewers_user ON project_reviewers (user_id)`,
]
