/** Groups kept from training, decisions of the gate, comparisons, and which version served when. */
export const gate: readonly string[] = [
  `CREATE TABLE held_out_groups (
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    group_key text NOT NULL,
    is_held_out boolean NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, group_key)
  )`,
  // Models that exist may have learned from every annotated image: none of those can measure them.
  `INSERT INTO held_out_groups (project_id, group_key, is_held_out)
    SELECT DISTINCT project_id, coalesce(group_key, content_hash), false FROM images
    WHERE annotated_at IS NOT NULL
      AND EXISTS (SELECT 1 FROM model_versions WHERE model_versions.project_id = images.project_id)`,
  `ALTER TABLE model_versions ADD COLUMN gate jsonb`,
  `CREATE TABLE model_labels (
    model_version_id text PRIMARY KEY REFERENCES model_versions (id) ON DELETE CASCADE,
    learned jsonb NOT NULL,
    held_out jsonb NOT NULL
  )`,
  `ALTER TABLE runs ADD COLUMN without jsonb`,
  `CREATE TABLE comparisons (
    id text PRIMARY KEY,
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    first_id text NOT NULL REFERENCES model_versions (id) ON DELETE CASCADE,
    second_id text NOT NULL REFERENCES model_versions (id) ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('pending', 'done', 'failed')),
    result jsonb,
    error jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX comparisons_project ON comparisons (project_id, created_at)`,
  `CREATE INDEX comparisons_first ON comparisons (first_id)`,
  `CREATE INDEX comparisons_second ON comparisons (second_id)`,
  `CREATE TABLE servings (
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    place integer NOT NULL,
    model_version_id text NOT NULL,
    number integer NOT NULL,
    reason text NOT NULL CHECK (reason IN ('gate', 'promote', 'rollback')),
    by_id text REFERENCES users (id) ON DELETE SET NULL,
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, place)
  )`,
  `INSERT INTO servings (project_id, place, model_version_id, number, reason)
    SELECT project_id, 1, id, number, 'gate' FROM model_versions WHERE state = 'serving'`,
]
