import { AppError, type Proof } from '@vesalius/contracts'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findSession } from '../accounts/find-session.ts'
import { limitedProof } from '../accounts/limited-proof.ts'
import { findPassword, requirePassword } from '../accounts/passwords.ts'
import { checkPasskey, listPasskeys } from './passkeys.service.ts'
import { requireRelyingParty } from './relying-party.ts'

const FRESH_MS = 10 * 60_000

/**
 * That it is the account's person and not just somebody at their browser: by password or passkey; of an account that has
 * neither, by a sign-in within ten minutes. Throws WRONG_CREDENTIALS, PASSKEY_REFUSED, SIGN_IN_AGAIN.
 */
export async function proveIdentity(
  parts: Pick<Context, 'db' | 'accounts' | 'config' | 'log'>,
  { user, request }: { user: SignedIn; request: FastifyRequest },
  { password, passkey }: Proof,
): Promise<void> {
  const { db, config } = parts
  if (user.by !== 'session') throw new AppError('FORBIDDEN', 'A token cannot do this. Sign in with a browser.')
  await limitedProof(db, user.id, async () => {
    const session = await findSession(parts, request)
    if (!session) throw new AppError('NOT_SIGNED_IN', 'Sign in first.')
    if (passkey) {
      const asked = { purpose: 'proof' as const, holder: session.id }
      const whose = await checkPasskey(parts, requireRelyingParty(config, request), asked, passkey)
      if (whose !== user.id) throw new AppError('WRONG_CREDENTIALS', 'This passkey belongs to another account.')
    } else if (password !== undefined) {
      await requirePassword(db, user.id, password)
    } else if ((await findPassword(db, user.id)) || (await listPasskeys(db, user.id)).length > 0) {
      throw new AppError('WRONG_CREDENTIALS', 'Enter your password or use a passkey.')
    } else if (Date.now() - session.createdAt.getTime() > FRESH_MS) {
      throw new AppError('SIGN_IN_AGAIN', 'Sign out and in again, then do this within ten minutes.')
    }
  })
}
