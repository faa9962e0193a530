/** Archives of one's own data, and accounts that are gone: of those a row without a name is left for what they did. */
export const ownData: readonly string[] = [
  `ALTER TABLE users ADD COLUMN "deletedAt" timestamptz`,
  `CREATE TABLE own_archives (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('pending', 'ready', 'failed')),
    byte_size bigint,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX own_archives_user ON own_archives (user_id, created_at)`,
]
