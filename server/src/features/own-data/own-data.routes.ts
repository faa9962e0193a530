import { createReadStream } from 'node:fs'
import { AppError, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { SESSION_COOKIE } from '../accounts/accounts.ts'
import { limitedProof } from '../accounts/limited-proof.ts'
import { findPassword, requirePassword } from '../accounts/passwords.ts'
import { attachmentNamed } from '../images/content-disposition.ts'
import { deleteAccount } from './delete-account.ts'
import { lookAhead } from './farewell.ts'
import { archiveKey, listArchives, requireArchive, startArchive } from './own-archives.ts'

/** To take one's own data along, and to have it removed. */
export function registerOwnDataRoutes(app: FastifyInstance, context: Pick<Context, 'db' | 'jobs' | 'storage'>): void {
  const { db, storage } = context

  registerRoute(app, routes.getFarewell, async ({ user }) => lookAhead(db, user.id))

  registerRoute(app, routes.deleteMe, async ({ user, body, reply }) => {
    const { password } = body
    if (password !== null) await limitedProof(db, user.id, () => requirePassword(db, user.id, password))
    else if ((await findPassword(db, user.id)) !== null) {
      throw new AppError('WRONG_CREDENTIALS', 'The password is needed.')
    }
    await deleteAccount(context, user.id)
    reply.header('set-cookie', `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`)
    return null
  })

  registerRoute(app, routes.createOwnArchive, async ({ user }) => startArchive(context, user.id))

  registerRoute(app, routes.listOwnArchives, async ({ user }) => ({ items: await listArchives(db, user.id) }))

  registerRoute(app, routes.getOwnArchive, async ({ user, params, reply }) => {
    await requireArchive(db, user.id, params.archiveId)
    const path = await storage.localFile(archiveKey(params.archiveId))
    return reply
      .type('application/zip')
      .header('content-disposition', attachmentNamed('vesalius-my-data.zip'))
      .header('cache-control', 'private, no-store')
      .send(createReadStream(path))
  })
}
