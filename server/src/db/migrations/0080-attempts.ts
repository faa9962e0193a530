/** Attempts counted by the database, so that all processes count together. */
export const attempts: readonly string[] = [
  `CREATE TABLE attempts (
    key text PRIMARY KEY,
    count integer NOT NULL,
    ends_at timestamptz NOT NULL
  )`,
  `CREATE INDEX attempts_end ON attempts (ends_at)`,
]
