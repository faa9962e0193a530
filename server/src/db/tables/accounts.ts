import type { MailId, PasskeyId, Preferences, SessionId, TokenId, TokenScope, UserId } from '@vesalius/contracts'
import type { ColumnType, Generated, RawBuilder } from 'kysely'
import type { DefaultTime, Json, OptionalTime, Time } from './columns.ts'

export interface UsersTable {
  id: UserId
  name: string
  email: string
  emailVerified: boolean
  image: string | null
  createdAt: DefaultTime
  updatedAt: DefaultTime
  username: string | null
  displayUsername: string | null
  frozenAt: OptionalTime
  /** The account is gone; the row stands for what it did. */
  deletedAt: OptionalTime
  role: 'administrator' | 'user'
  quota_storage_bytes: ColumnType<number | null, undefined, number | null>
  quota_active_runs: ColumnType<number | null, undefined, number | null>
}

export interface ApiTokensTable {
  id: TokenId
  user_id: UserId
  name: string
  secret_hash: string
  scopes: Generated<TokenScope[]>
  created_at: DefaultTime
  expires_at: Time | null
  last_used_at: Time | null
}

export interface AuthSessionsTable {
  id: SessionId
  userId: UserId
  expiresAt: Time
  createdAt: DefaultTime
  ipAddress: string | null
  userAgent: string | null
}

export interface AuthAccountsTable {
  id: string
  accountId: string
  providerId: string
  userId: UserId
  password: string | null
  createdAt: DefaultTime
  updatedAt: Time
}

export interface ProviderSignInsTable {
  state_hash: string
  provider: string
  browser_hash: string
  sealed: string
  user_id: UserId | null
  return_to: string
  expires_at: Time
}

export interface AttemptsTable {
  key: string
  count: number
  ends_at: Time
}

export interface MailsTable {
  id: MailId
  recipient: string
  subject: string
  text: string
  /** Why it was not sent. */
  problem: string | null
  created_at: DefaultTime
}

export interface MailedSecretsTable {
  secret_hash: string
  user_id: UserId
  purpose: 'password' | 'email'
  email: string
  expires_at: Time
}

export interface SecondFactorsTable {
  user_id: UserId
  sealed_secret: string
  confirmed_at: Time | null
  last_step: Generated<number>
  recovery_hashes: ColumnType<string[], RawBuilder<string[]> | undefined, RawBuilder<string[]>>
}

export interface PasskeysTable {
  id: PasskeyId
  user_id: UserId
  name: string
  credential_id: string
  public_key: string
  sign_count: number
  transports: string[]
  is_synced: boolean
  created_at: DefaultTime
  last_used_at: Time | null
}

export interface PasskeyChallengesTable {
  challenge_hash: string
  purpose: 'sign-in' | 'proof' | 'creation'
  /** Of the secret of the browser, or of the session, that asked. */
  holder_hash: string
  expires_at: Time
}

export interface UserPreferencesTable {
  user_id: UserId
  data: Json<Preferences>
  updated_at: DefaultTime
}

export interface AccountTables {
  users: UsersTable
  api_tokens: ApiTokensTable
  auth_sessions: AuthSessionsTable
  auth_accounts: AuthAccountsTable
  provider_sign_ins: ProviderSignInsTable
  attempts: AttemptsTable
  mails: MailsTable
  mailed_secrets: MailedSecretsTable
  second_factors: SecondFactorsTable
  passkeys: PasskeysTable
  passkey_challenges: PasskeyChallengesTable
  user_preferences: UserPreferencesTable
}
