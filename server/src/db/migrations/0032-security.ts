/** Mail to send, secrets that were mailed, second factors. */
export const security: readonly string[] = [
  `CREATE TABLE mails (
    id text PRIMARY KEY,
    recipient text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    problem text,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX mails_age ON mails (created_at)`,
  `CREATE TABLE mailed_secrets (
    secret_hash text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('password', 'email')),
    email text NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX mailed_secrets_user ON mailed_secrets (user_id)`,
  `CREATE TABLE second_factors (
    user_id text PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    sealed_secret text NOT NULL,
    confirmed_at timestamptz,
    last_step bigint NOT NULL DEFAULT 0,
    recovery_hashes jsonb NOT NULL DEFAULT '[]'
  )`,
]
