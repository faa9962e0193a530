/**
 * Images that were set aside are few: in the order of names they are read from an index of their own. Walking through all names
 * until a hundred of them are found took a minute at 10,000,000 rows.
 */
export const setAside: readonly string[] = [
  `CREATE INDEX images_set_aside ON images (project_id, state, name, id) WHERE state IN ('FROZEN', 'DELETED')`,
]
