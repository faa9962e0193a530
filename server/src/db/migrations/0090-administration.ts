/** Accounts that are frozen, and announcements to everybody. */
export const administration: readonly string[] = [
  `ALTER TABLE users ADD COLUMN "frozenAt" timestamptz`,
  `CREATE TABLE announcements (
    id text PRIMARY KEY,
    english text NOT NULL,
    chinese text NOT NULL,
    tone text NOT NULL CHECK (tone IN ('information', 'warning')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    created_by text REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
]
