/** Label files beside the images of an import. */
export const importLabels: readonly string[] = [
  `ALTER TABLE imports ADD COLUMN label_count integer NOT NULL DEFAULT 0`,
  `ALTER TABLE import_items DROP CONSTRAINT import_items_state_check`,
  `ALTER TABLE import_items ADD CONSTRAINT import_items_state_check
    CHECK (state IN ('stored', 'refused', 'duplicate', 'label'))`,
]
