/** What a person set for themselves. */
export const preferences: readonly string[] = [
  `CREATE TABLE user_preferences (
    user_id text PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    data jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
]
