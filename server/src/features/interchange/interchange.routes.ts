import { Readable } from 'node:stream'
import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { attachmentNamed } from '../images/content-disposition.ts'
import { requireProject } from '../projects/access.ts'
import { exportProject } from './export-project.ts'
import { importAnnotations } from './import-annotations.ts'
import { receiveFiles } from './receive-files.ts'

export function registerInterchangeRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'storage' | 'events'>,
): void {
  registerRoute(app, routes.exportProject, async ({ user, params, query, reply }) => {
    const project = await requireProject(context.db, user, params.projectId)
    const archive = await exportProject(context, {
      project,
      format: query.format,
      isAnnotatedOnly: query.which === 'annotated',
      withImages: query.images,
    })
    return reply
      .type('application/zip')
      .header('content-disposition', attachmentNamed(`${project.name}-${query.format}.zip`))
      .header('cache-control', 'private, no-store')
      .send(Readable.from(archive))
  })

  registerRoute(app, routes.importAnnotations, async ({ user, params, query, request }) => {
    const project = await requireProject(context.db, user, params.projectId)
    const files = await receiveFiles(request)
    const { format, dryRun, replace } = query
    return importAnnotations(context, { user, project, format, files, isDryRun: dryRun, isReplacing: replace })
  })
}
