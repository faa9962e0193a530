import { AppError, type User, type UserId } from '@vesalius/contracts'
import { APIError } from 'better-auth/api'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { AttemptLimit } from '../../http/attempt-limit.ts'
import { ensureDefaultProjects } from '../projects/projects.service.ts'
import { refusePasswordAlone } from '../rules/rules.service.ts'
import { presentUser, type UserRow } from './accounts.ts'
import { refuseCommonPassword } from './common-passwords.ts'
import { mailConfirmation, refuseUnconfirmed } from './confirm-email.ts'
import { passSecondFactor } from './second-factor.ts'

const FIFTEEN_MINUTES = 15 * 60_000

type Parts = Pick<Context, 'db' | 'accounts' | 'storage' | 'jobs' | 'config'>

export interface SignInAnswer {
  user: User
  cookies: string[]
}

/** Makes the account, its folder and its projects; the first account of an installation is administrator. */
export async function registerAccount(
  parts: Parts,
  input: { username: string; email: string; password: string },
  headers: Headers,
): Promise<SignInAnswer & { needsConfirmation: boolean }> {
  const { db, accounts, storage, config } = parts
  refuseCommonPassword(input.password, [input.username])
  const taken = await db
    .selectFrom('users')
    .select('email')
    .where((where) =>
      where.or([where('email', '=', input.email.toLowerCase()), where('username', '=', input.username.toLowerCase())]),
    )
    .executeTakeFirst()
  if (taken) throw takenError(taken.email === input.email.toLowerCase())
  const response = await accounts.api
    .signUpEmail({ body: { ...input, name: input.username }, headers, asResponse: true })
    .catch(translate)
  if (!response.ok) throw await refusal(response)
  const { user, token } = (await response.json()) as { user: UserRow; token: string }
  const id = user.id as UserId
  const role = (await db.transaction().execute((trx) => claimAdministration(trx, id))) ? 'administrator' : 'user'
  await storage.ensureFolder(`users/${id}`)
  await ensureDefaultProjects(db, id)
  const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const presented = presentUser({ ...row, role })
  if (!config.confirmsEmail || role === 'administrator') {
    return { user: presented, cookies: response.headers.getSetCookie(), needsConfirmation: false }
  }
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('auth_sessions').where(sql<boolean>`token = ${token}`).execute()
    await mailConfirmation(trx, parts, { userId: id, email: row.email })
  })
  return { user: presented, cookies: [], needsConfirmation: true }
}

export async function signIn(
  parts: Pick<Context, 'accounts' | 'db' | 'sealKey' | 'jobs' | 'config'>,
  input: { login: string; password: string; code?: string | undefined },
  headers: Headers,
): Promise<SignInAnswer> {
  const { accounts, db } = parts
  const { login, password } = input
  const response = await (login.includes('@')
    ? accounts.api.signInEmail({ body: { email: login, password }, headers, asResponse: true })
    : accounts.api.signInUsername({ body: { username: login, password }, headers, asResponse: true })
  ).catch(translate)
  if (!response.ok) throw new AppError('WRONG_CREDENTIALS', 'The name or the password is wrong.')
  const { user, token } = (await response.json()) as { user: UserRow; token: string }
  try {
    await proveSecondFactor(parts, user.id as UserId, input.code)
    await refuseFrozen(db, user.id as UserId)
    await refuseUnconfirmed(parts, user.id as UserId)
  } catch (error) {
    // The session was made with the password alone and never left the server.
    await db.deleteFrom('auth_sessions').where(sql<boolean>`token = ${token}`).execute()
    throw error
  }
  await ensureDefaultProjects(db, user.id as UserId)
  return { user: presentUser(user), cookies: response.headers.getSetCookie() }
}

/** Told only to whoever proved that the account is theirs. */
export async function refuseFrozen(db: Db, userId: UserId): Promise<void> {
  const user = await db.selectFrom('users').select('frozenAt').where('id', '=', userId).executeTakeFirst()
  if (user?.frozenAt) throw new AppError('ACCOUNT_FROZEN', 'This account is frozen. Ask the administrator.')
}

/** Who knows the password has ten guesses at the code, from however many addresses. */
export async function proveSecondFactor(
  parts: Pick<Context, 'db' | 'sealKey'>,
  userId: UserId,
  code: string | undefined,
): Promise<void> {
  const guesses = new AttemptLimit(parts.db, 'second factor', { limit: 10, windowMs: FIFTEEN_MINUTES })
  if (code !== undefined) await guesses.take(userId)
  const passed = await passSecondFactor(parts, userId, code)
  if (passed === 'missing') throw new AppError('CODE_REQUIRED', 'Enter the code of your authenticator app.')
  if (passed !== 'passed') throw new AppError('WRONG_CREDENTIALS', 'The code is wrong.')
  await refusePasswordAlone(parts.db, userId)
  if (code !== undefined) await guesses.clear(userId)
}

/** One row can be inserted once: whoever inserts it is administrator, also when two register at the same moment. */
export async function claimAdministration(trx: Context['db'], userId: UserId): Promise<boolean> {
  const claim = await trx
    .insertInto('installation')
    .values({ name: 'administrator', value: userId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('name')
    .executeTakeFirst()
  if (!claim) return false
  await trx
    .updateTable('users')
    .set({ role: 'administrator', updatedAt: sql`now()` })
    .where('id', '=', userId)
    .execute()
  return true
}

async function refusal(response: Response): Promise<AppError> {
  const { code = '', message = '' } = (await response.json().catch(() => ({}))) as { code?: string; message?: string }
  if (code.includes('USERNAME_IS_ALREADY_TAKEN')) return takenError(false)
  if (code.includes('USER_ALREADY_EXISTS')) return takenError(true)
  if (response.status < 500) return new AppError('VALIDATION_FAILED', message || 'The account could not be made.')
  return new AppError('INTERNAL', 'The account could not be made.')
}

function takenError(isEmail: boolean): AppError {
  return isEmail
    ? new AppError('EMAIL_TAKEN', 'An account with this mail address exists.')
    : new AppError('USERNAME_TAKEN', 'An account with this name exists.')
}

function translate(error: unknown): Response {
  if (!(error instanceof APIError)) throw error
  return new Response(JSON.stringify(error.body ?? {}), { status: error.statusCode })
}
