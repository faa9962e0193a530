/** Images that were skipped and why, the time a person spent on a label, and lists by patient. */
export const flow: readonly string[] = [
  `ALTER TABLE images ADD COLUMN skip jsonb`,
  `CREATE INDEX images_skipped ON images (project_id, id) WHERE skip IS NOT NULL AND state <> 'DELETED'`,
  `CREATE INDEX images_group ON images (project_id, coalesce(group_key, ''), id) WHERE state <> 'DELETED'`,
  `ALTER TABLE label_revisions ADD COLUMN seconds real`,
]
