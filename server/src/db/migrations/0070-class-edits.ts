/** Changes of a project's classes: under which class scheme each thing was written, and how far labels were carried over. */
export const classEdits: readonly string[] = [
  `ALTER TABLE projects
    ADD COLUMN class_scheme integer NOT NULL DEFAULT 0,
    ADD COLUMN class_history jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN class_colours jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN class_pending integer`,
  ...['images', 'label_revisions', 'predictions', 'readings', 'gold_labels', 'model_versions'].map(
    (table) => `ALTER TABLE ${table} ADD COLUMN class_scheme integer NOT NULL DEFAULT 0`,
  ),
  `CREATE TABLE class_edits (
    id text PRIMARY KEY,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    author_id text REFERENCES users (id) ON DELETE SET NULL,
    scheme integer NOT NULL,
    before jsonb NOT NULL,
    colours_before jsonb NOT NULL,
    history_before jsonb NOT NULL,
    after jsonb NOT NULL,
    undoes text REFERENCES class_edits (id) ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    total integer NOT NULL DEFAULT 0,
    done integer NOT NULL DEFAULT 0,
    changed integer NOT NULL DEFAULT 0,
    problem jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    UNIQUE (project_id, scheme)
  )`,
  `CREATE INDEX class_edits_running ON class_edits (state) WHERE state = 'running'`,
  `CREATE TABLE class_edit_images (
    edit_id text NOT NULL REFERENCES class_edits (id) ON DELETE CASCADE,
    image_id text NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    revision integer NOT NULL,
    annotated_at timestamptz,
    annotated_by text,
    review text NOT NULL,
    reviewed_by text,
    PRIMARY KEY (edit_id, image_id)
  )`,
  `CREATE INDEX class_edit_images_image ON class_edit_images (image_id, revision)`,
]
