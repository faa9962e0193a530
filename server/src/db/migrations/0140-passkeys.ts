/** Passkeys, and the challenges that browsers are about to answer. */
export const passkeys: readonly string[] = [
  `CREATE TABLE passkeys (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name text NOT NULL,
    credential_id text NOT NULL UNIQUE,
    public_key text NOT NULL,
    sign_count bigint NOT NULL,
    transports text[] NOT NULL DEFAULT '{}',
    is_synced boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz
  )`,
  `CREATE INDEX passkeys_user ON passkeys (user_id)`,
  `CREATE TABLE passkey_challenges (
    challenge_hash text PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('sign-in', 'proof', 'creation')),
    holder_hash text NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX passkey_challenges_end ON passkey_challenges (expires_at)`,
]
