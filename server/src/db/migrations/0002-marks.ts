/** Boxes and masks: how many a label and a guess hold, and which classes a label uses, whatever its kind. */
export const marks: readonly string[] = [
  `ALTER TABLE images
    ADD COLUMN IF NOT EXISTS label_marks integer,
    ADD COLUMN IF NOT EXISTS guess_marks integer,
    ADD COLUMN IF NOT EXISTS label_classes integer[] NOT NULL DEFAULT '{}'`,
  `UPDATE images SET label_classes = ARRAY[label_value] WHERE label_value IS NOT NULL`,
  `UPDATE images SET label_classes = used.classes
    FROM (
      SELECT r.image_id, r.revision, array_agg(DISTINCT (mark->>'class')::integer ORDER BY (mark->>'class')::integer) AS classes
      FROM label_revisions r, jsonb_array_elements(coalesce(r.data->'boxes', r.data->'masks')) AS mark
      GROUP BY r.image_id, r.revision
    ) AS used
    WHERE used.image_id = images.id AND used.revision = images.label_revision`,
]
