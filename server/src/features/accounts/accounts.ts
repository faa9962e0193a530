import { type User, type UserId, Username } from '@vesalius/contracts'
import { betterAuth } from 'better-auth'
import { username } from 'better-auth/plugins'
import type { Db } from '../../db/database.ts'
import { newId } from '../../ids.ts'
import { openSessionPlugin } from './open-session.ts'
import { hashPassword, isPassword } from './passwords.ts'

export const SESSION_COOKIE = 'vesalius_session'

export type Accounts = ReturnType<typeof createAccounts>

/** Accounts, passwords and sessions, kept by better-auth in our own tables. */
export function createAccounts(options: { db: Db; secret: string; publicUrl: string | null }) {
  return betterAuth({
    appName: 'Vesalius',
    baseURL: options.publicUrl ?? 'http://localhost',
    basePath: '/api/v1/auth',
    secret: options.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: { db: options.db, type: 'postgres', transaction: true },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      password: {
        hash: hashPassword,
        verify: ({ hash: stored, password }) => isPassword(stored, password),
      },
    },
    user: {
      modelName: 'users',
      additionalFields: {
        role: { type: 'string', required: true, input: false, defaultValue: 'user' },
        frozenAt: { type: 'date', required: false, input: false },
      },
    },
    session: { modelName: 'auth_sessions', expiresIn: 30 * 86_400, updateAge: 86_400 },
    account: { modelName: 'auth_accounts' },
    verification: { modelName: 'auth_verifications' },
    plugins: [
      username({
        minUsernameLength: 2,
        maxUsernameLength: 40,
        usernameValidator: (name) => Username.safeParse(name).success,
      }),
      openSessionPlugin(),
    ],
    advanced: {
      cookies: { session_token: { name: SESSION_COOKIE } },
      defaultCookieAttributes: {
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
        secure: options.publicUrl?.startsWith('https:') ?? false,
      },
      useSecureCookies: false,
      database: { generateId: () => newId<UserId>() },
    },
  })
}

export interface UserRow {
  id: string
  email: string
  createdAt: Date | string
  username?: string | null
  displayUsername?: string | null
  role?: string | null
}

export function presentUser(row: UserRow): User {
  return {
    id: row.id as UserId,
    username: row.displayUsername ?? row.username ?? row.email,
    email: row.email,
    role: row.role === 'administrator' ? 'administrator' : 'user',
    createdAt: new Date(row.createdAt).toISOString(),
  }
}
