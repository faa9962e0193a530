/** Several people reading the same images, references that annotators do not see, and what was made of both. */
export const readings: readonly string[] = [
  `CREATE TABLE studies (
    id text PRIMARY KEY,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name text NOT NULL,
    is_blind boolean NOT NULL,
    shows_guess boolean NOT NULL,
    state text NOT NULL DEFAULT 'open',
    created_by text REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz
  )`,
  `CREATE INDEX studies_project ON studies (project_id, id DESC)`,
  `CREATE TABLE study_readers (
    study_id text NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    finished_at timestamptz,
    PRIMARY KEY (study_id, user_id)
  )`,
  `CREATE INDEX study_readers_user ON study_readers (user_id)`,
  // Without a study it is somebody's answer to a gold image.
  `CREATE TABLE readings (
    id text PRIMARY KEY,
    study_id text REFERENCES studies (id) ON DELETE CASCADE,
    image_id text NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    reader_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    data jsonb,
    revision integer NOT NULL DEFAULT 0,
    submitted_at timestamptz
  )`,
  `CREATE UNIQUE INDEX readings_one ON readings (image_id, reader_id, coalesce(study_id, ''))`,
  `CREATE INDEX readings_study ON readings (study_id, reader_id)`,
  `CREATE INDEX readings_reader ON readings (reader_id, project_id, image_id)`,
  `CREATE TABLE gold_labels (
    image_id text PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    data jsonb NOT NULL,
    created_by text REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX gold_labels_project ON gold_labels (project_id)`,
  `CREATE TABLE adjudications (
    study_id text NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
    image_id text NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    revision integer NOT NULL,
    note text,
    author_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (study_id, image_id)
  )`,
  // What single images a person may see and label: those shared with them, and those they read for an open study.
  `CREATE VIEW shared_images AS
    SELECT image_id, user_id, project_id FROM image_editors
    UNION ALL
    SELECT readings.image_id, readings.reader_id, readings.project_id
    FROM readings JOIN studies ON studies.id = readings.study_id
    WHERE studies.state = 'open'`,
]
