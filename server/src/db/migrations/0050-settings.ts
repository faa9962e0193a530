/** Settings with their history; runs that one process at a time holds, and that can wait. */
export const settings: readonly string[] = [
  `ALTER TABLE projects ADD COLUMN algorithm_version integer NOT NULL DEFAULT 0`,
  `UPDATE projects SET algorithm = '{
    "trainingCron": null, "quietHours": null, "memoryLimitMb": null, "guessThreshold": null,
    "gate": {"promotes": "automatic", "confidence": 0.95, "classMargin": 0.05, "minimumImages": 10},
    "queueOrder": "uncertainty"
  }'::jsonb || algorithm`,
  `CREATE TABLE algorithm_versions (
    project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    version integer NOT NULL,
    algorithm jsonb NOT NULL,
    changes jsonb NOT NULL,
    author_id text REFERENCES users (id) ON DELETE SET NULL,
    restored_from integer,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, version)
  )`,
  `ALTER TABLE runs
    ADD COLUMN holder text,
    ADD COLUMN held_until timestamptz,
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN not_before timestamptz`,
  `CREATE INDEX runs_open ON runs (created_at) WHERE state IN ('pending', 'running')`,
]
