import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { requireInOrganisation, requireProject } from '../projects/access.ts'
import { listDeliveries } from './deliveries.ts'
import { OPEN, withdrawPrelabels } from './remote-jobs.ts'
import { findRemoteServer, presentRemoteServer, putRemoteServer, rotateSecret } from './remote-server.ts'
import { tryRemote } from './try-remote.ts'
import { createWorkerToken, deleteWorkerToken, listWorkerTokens } from './worker-tokens.ts'

export function registerRemoteRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  registerRoute(app, routes.getRemote, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    const server = await findRemoteServer(db, project.id)
    return { server: server ? presentRemoteServer(server) : null }
  })

  registerRoute(app, routes.putRemote, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    const server = await putRemoteServer(context, project, body)
    await withdrawPrelabels(context, project.id)
    return presentRemoteServer(server)
  })

  registerRoute(app, routes.rotateRemoteSecret, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    const { secret, row } = await rotateSecret(context, project.id)
    return { secret, server: presentRemoteServer(row) }
  })

  registerRoute(app, routes.tryRemote, async ({ user, params, body }) =>
    tryRemote(context, await requireProject(db, user, params.projectId, 'manage'), body.imageId),
  )

  registerRoute(app, routes.listDeliveries, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    const { waiting } = await db
      .selectFrom('remote_jobs')
      .select((select) => select.fn.countAll<number>().as('waiting'))
      .where('project_id', '=', project.id)
      .where('state', 'in', OPEN)
      .executeTakeFirstOrThrow()
    return { items: await listDeliveries(db, project.id), waiting }
  })

  registerRoute(app, routes.createWorkerToken, async ({ user, params, body }) => {
    const { id: projectId } = await requireProject(db, user, params.projectId, 'manage')
    return createWorkerToken(db, { projectId }, { ...body, userId: user.id })
  })

  registerRoute(app, routes.listWorkerTokens, async ({ user, params }) => {
    const { id: projectId } = await requireProject(db, user, params.projectId, 'manage')
    return { items: await listWorkerTokens(db, { projectId }) }
  })

  registerRoute(app, routes.deleteWorkerToken, async ({ user, params }) => {
    const { id: projectId } = await requireProject(db, user, params.projectId, 'manage')
    await deleteWorkerToken(db, { projectId }, params.workerTokenId)
    return null
  })

  registerRoute(app, routes.createOrganisationWorkerToken, async ({ user, params, body }) => {
    const { organisationId } = params
    requireInOrganisation(user, organisationId, 'manage')
    return createWorkerToken(db, { organisationId }, { ...body, userId: user.id })
  })

  registerRoute(app, routes.listOrganisationWorkerTokens, async ({ user, params: { organisationId } }) => {
    requireInOrganisation(user, organisationId, 'manage')
    return { items: await listWorkerTokens(db, { organisationId }) }
  })

  registerRoute(app, routes.deleteOrganisationWorkerToken, async ({ user, params }) => {
    const { organisationId, organisationTokenId } = params
    requireInOrganisation(user, organisationId, 'manage')
    await deleteWorkerToken(db, { organisationId }, organisationTokenId)
    return null
  })
}
