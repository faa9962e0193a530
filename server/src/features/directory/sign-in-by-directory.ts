import { AppError, type UserId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import { proveSecondFactor, refuseFrozen, type SignInAnswer } from '../accounts/accounts.service.ts'
import { presentUser } from '../accounts/accounts.ts'
import { ensureDefaultProjects } from '../projects/projects.service.ts'
import { findOrMakeAccount } from '../providers/find-account.ts'
import { applyGroupRoles } from '../providers/group-roles.ts'
import { DIRECTORY_ID } from '../providers/provider-settings.ts'
import { askDirectory } from './ask-directory.ts'
import type { DirectorySettings } from './directory-settings.ts'

type Parts = Pick<Context, 'db' | 'accounts' | 'storage' | 'sealKey' | 'log'>

/**
 * Lets somebody in whom the directory knows by this name and password: to the account of its entry, a new one at the first
 * time, with the roles that its groups give. A second factor set here is asked for as with a password of ours.
 */
export async function signInByDirectory(
  parts: Parts,
  settings: DirectorySettings,
  input: { login: string; password: string; code?: string | undefined },
  headers: Headers,
): Promise<SignInAnswer> {
  const { db, accounts, storage, log } = parts
  const identity = await askDirectory(settings, input.login, input.password).catch((cause) => {
    log.warn({ err: cause }, 'the directory does not answer as expected')
    throw new AppError('SIGN_IN_FAILED', 'The directory does not answer.', {}, { cause })
  })
  if (!identity) throw new AppError('WRONG_CREDENTIALS', 'The name or the password is wrong.')
  const service = { id: DIRECTORY_ID, registers: settings.registers, groupRoles: settings.groupRoles }
  const userId: UserId = await db.transaction().execute(async (trx) => {
    const account = await findOrMakeAccount(trx, service, identity)
    await applyGroupRoles(trx, account.userId, service, identity.groups)
    return account.userId
  })
  await proveSecondFactor(parts, userId, input.code)
  await refuseFrozen(db, userId)
  await storage.ensureFolder(`users/${userId}`)
  await ensureDefaultProjects(db, userId)
  const response = await accounts.api.openSession({ body: { userId }, headers, asResponse: true })
  const row = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirstOrThrow()
  return { user: presentUser(row), cookies: response.headers.getSetCookie() }
}
