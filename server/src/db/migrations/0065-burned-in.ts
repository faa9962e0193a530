/** Images whose pixels may hold text are few, and looked for before anything is shared. */
export const burnedIn: readonly string[] = [
  `CREATE INDEX images_burned_in ON images (project_id, id)
    WHERE coalesce(deidentification ->> 'burnedInText', '') IN ('yes', 'suspected')`,
]
