import { AppError, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { attachmentNamed } from '../images/content-disposition.ts'
import { listExports, presentExport, requireExport, startExport, stopExport } from './exports.service.ts'
import {
  applyImport,
  forgetImport,
  listImports,
  presentImport,
  previewImport,
  requireImport,
  startImport,
} from './imports.service.ts'

export function registerInterchangeRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'storage' | 'jobs'>,
): void {
  const { db } = context

  registerRoute(app, routes.createExport, async ({ user, params, body, reply }) =>
    reply.code(202).send(await startExport(context, user, params.projectId, body)),
  )
  registerRoute(app, routes.listExports, async ({ user, params }) => ({
    items: await listExports(db, user, params.projectId),
  }))
  registerRoute(app, routes.getExport, async ({ user, params }) =>
    presentExport((await requireExport(db, user, params.exportId)).row),
  )
  registerRoute(app, routes.deleteExport, async ({ user, params, reply }) => {
    await stopExport(context, user, params.exportId)
    return reply.code(204).send()
  })
  registerRoute(app, routes.getExportFile, async ({ user, params, reply }) => {
    const { row, project } = await requireExport(db, user, params.exportId)
    const byteSize = row.state === 'succeeded' ? await context.storage.size(row.uri) : null
    if (byteSize === null) throw new AppError('NOT_FOUND', 'The file of this export is not there, or not yet.')
    const disposition = attachmentNamed(`${project.name}-${row.request.format}.zip`)
    const link = await context.storage.link(row.uri, { mediaType: 'application/zip', disposition })
    if (link) return reply.header('cache-control', 'no-store').redirect(link, 307)
    return reply
      .type('application/zip')
      .header('content-length', byteSize)
      .header('content-disposition', disposition)
      .header('cache-control', 'private, no-store')
      .send(context.storage.stream(row.uri))
  })

  registerRoute(app, routes.createAnnotationImport, async ({ user, params, query, request, reply }) =>
    reply.code(202).send(await startImport(context, user, { ...params, ...query, request })),
  )
  registerRoute(app, routes.listAnnotationImports, async ({ user, params }) => ({
    items: await listImports(db, user, params.projectId),
  }))
  registerRoute(app, routes.getAnnotationImport, async ({ user, params }) =>
    presentImport((await requireImport(db, user, params.importId)).row),
  )
  registerRoute(app, routes.previewAnnotationImport, async ({ user, params, body }) =>
    previewImport(context, user, params.importId, body),
  )
  registerRoute(app, routes.applyAnnotationImport, async ({ user, params, body, reply }) =>
    reply.code(202).send(await applyImport(context, user, params.importId, body)),
  )
  registerRoute(app, routes.deleteAnnotationImport, async ({ user, params, reply }) => {
    await forgetImport(context, user, params.importId)
    return reply.code(204).send()
  })
}
