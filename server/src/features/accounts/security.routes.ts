import { AppError, routes, type SessionId } from '@vesalius/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { AttemptLimit } from '../../http/attempt-limit.ts'
import { registerRoute } from '../../http/register-route.ts'
import { listUnsent, postMail } from '../mail/mail.ts'
import { listPasskeys } from '../passkeys/passkeys.service.ts'
import { proveIdentity } from '../passkeys/prove-identity.ts'
import { isOfDirectory } from '../providers/find-account.ts'
import { refuseCommonPassword } from './common-passwords.ts'
import { mailConfirmation } from './confirm-email.ts'
import { findSession } from './find-session.ts'
import { limitedProof } from './limited-proof.ts'
import { useSecret } from './mailed-secrets.ts'
import { findPassword, hashPassword, requirePassword, storePassword } from './passwords.ts'
import { askForRecovery, endSessions, resetPassword } from './recovery.ts'
import { beginSecondFactor, confirmSecondFactor, endSecondFactor, findSecondFactor } from './second-factor.ts'

const FIFTEEN_MINUTES = 15 * 60_000

/** Password, mail address, sessions and second factor of one's own account. */
export function registerSecurityRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'accounts' | 'jobs' | 'config' | 'sealKey' | 'log'>,
): void {
  const { db } = context
  const asked = new AttemptLimit(db, 'recovery', { limit: 20, windowMs: FIFTEEN_MINUTES })

  const sessionIdOf = async (request: FastifyRequest) => (await findSession(context, request))?.id ?? null

  registerRoute(app, routes.forgotPassword, async ({ body, request }) => {
    await asked.take(request.ip)
    await askForRecovery(context, body.email)
    return null
  })

  registerRoute(app, routes.resetPassword, async ({ body }) => {
    await resetPassword(context, body.token, body.password)
    return null
  })

  registerRoute(app, routes.getSecurity, async ({ user }) => {
    const factor = await findSecondFactor(db, user.id)
    const row = await db.selectFrom('users').select('emailVerified').where('id', '=', user.id).executeTakeFirstOrThrow()
    const hasPassword = (await findPassword(db, user.id)) !== null
    return {
      hasPassword,
      usesPassword: hasPassword || (await isOfDirectory(db, user.id)),
      passkeys: (await listPasskeys(db, user.id)).length,
      hasSecondFactor: factor?.confirmed_at != null,
      recoveryCodesLeft: factor?.confirmed_at ? factor.recovery_hashes.length : 0,
      isEmailConfirmed: row.emailVerified,
    }
  })

  registerRoute(app, routes.changePassword, async ({ user, body, request }) => {
    await limitedProof(db, user.id, () => requirePassword(db, user.id, body.current))
    refuseCommonPassword(body.password)
    const [hashed, sessionId] = [await hashPassword(body.password), await sessionIdOf(request)]
    await db.transaction().execute(async (trx) => {
      await storePassword(trx, user.id, hashed)
      await endSessions(trx, user.id, sessionId)
      await trx.deleteFrom('mailed_secrets').where('user_id', '=', user.id).where('purpose', '=', 'password').execute()
    })
    return null
  })

  registerRoute(app, routes.changeEmail, async ({ user, body: { email: address, ...proof }, request }) => {
    await proveIdentity(context, { user, request }, proof)
    const email = address.toLowerCase()
    await db.transaction().execute((trx) => mailConfirmation(trx, context, { userId: user.id, email }))
    return null
  })

  registerRoute(app, routes.confirmEmail, async ({ body }) => {
    await db
      .transaction()
      .execute(async (trx) => {
        const { userId, email } = await useSecret(trx, 'email', body.token)
        const before = await trx.selectFrom('users').select('email').where('id', '=', userId).executeTakeFirstOrThrow()
        await trx
          .updateTable('users')
          .set({ email, emailVerified: true, updatedAt: sql`now()` })
          .where('id', '=', userId)
          .execute()
        // A link to a new password that went to the old address must not work any more.
        await trx.deleteFrom('mailed_secrets').where('user_id', '=', userId).execute()
        if (before.email === email) return
        await postMail(trx, context.jobs, {
          to: before.email,
          subject: 'Vesalius: your mail address was changed · 邮箱地址已更改',
          text: `Your account uses ${email} from now on. If this was not you, tell the administrator.\n\n您的账户现已改用 ${email}。如果这不是您本人的操作，请联系管理员。`,
        })
      })
      .catch((error: { code?: string }) => {
        if (error.code !== '23505') throw error
        throw new AppError('EMAIL_TAKEN', 'An account with this mail address exists.')
      })
    return null
  })

  registerRoute(app, routes.listSessions, async ({ user, request }) => {
    const current = await sessionIdOf(request)
    const rows = await db
      .selectFrom('auth_sessions')
      .selectAll()
      .where('userId', '=', user.id)
      .where('expiresAt', '>', new Date())
      .orderBy('createdAt', 'desc')
      .execute()
    return {
      items: rows.map((row) => ({
        id: row.id,
        isCurrent: row.id === current,
        ipAddress: row.ipAddress || null,
        userAgent: row.userAgent || null,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
      })),
    }
  })

  registerRoute(app, routes.endSession, async ({ user, params }) => {
    const ended = await db
      .deleteFrom('auth_sessions')
      .where('id', '=', params.sessionId as SessionId)
      .where('userId', '=', user.id)
      .returning('id')
      .executeTakeFirst()
    if (!ended) throw new AppError('NOT_FOUND', 'There is no such session.')
    return null
  })

  registerRoute(app, routes.endOtherSessions, async ({ user, request }) => {
    await endSessions(db, user.id, await sessionIdOf(request))
    return null
  })

  registerRoute(app, routes.beginSecondFactor, async ({ user, body, request }) => {
    await proveIdentity(context, { user, request }, body)
    const row = await db.selectFrom('users').select('email').where('id', '=', user.id).executeTakeFirstOrThrow()
    return beginSecondFactor(context, { id: user.id, name: row.email })
  })

  registerRoute(app, routes.confirmSecondFactor, async ({ user, body }) => ({
    recoveryCodes: await limitedProof(db, user.id, () => confirmSecondFactor(context, user.id, body.code)),
  }))

  registerRoute(app, routes.endSecondFactor, async ({ user, body, request }) => {
    await proveIdentity(context, { user, request }, body)
    await endSecondFactor(db, user.id)
    return null
  })

  registerRoute(app, routes.listMails, async () => ({ items: await listUnsent(db) }))
}
