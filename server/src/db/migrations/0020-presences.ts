/** Which pages show which image. Worth nothing after a crash, so it is not logged. */
export const presences: readonly string[] = [
  `CREATE UNLOGGED TABLE presences (
    image_id text NOT NULL,
    user_id text NOT NULL,
    tab text NOT NULL,
    activity text NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (image_id, user_id, tab)
  )`,
  `CREATE INDEX presences_age ON presences (seen_at)`,
]
