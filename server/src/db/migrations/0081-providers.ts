/** Signing in through other services: who is on the way, who is whom there, and memberships that a group gave. */
export const providers: readonly string[] = [
  `CREATE TABLE provider_sign_ins (
    state_hash text PRIMARY KEY,
    provider text NOT NULL,
    browser_hash text NOT NULL,
    sealed text NOT NULL,
    user_id text REFERENCES users (id) ON DELETE CASCADE,
    return_to text NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX provider_sign_ins_end ON provider_sign_ins (expires_at)`,
  `CREATE INDEX provider_sign_ins_user ON provider_sign_ins (user_id)`,
  `CREATE UNIQUE INDEX auth_accounts_subject ON auth_accounts ("providerId", "accountId")`,
  `ALTER TABLE organisation_members ADD COLUMN granted_by text`,
]
