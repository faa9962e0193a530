import { type DicomSourceId, type ImportId, type ProjectId, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { acceptImport } from '../imports/imports.service.ts'
import { requireProject } from '../projects/access.ts'
import { findPushes, findSources } from './dicom-sources.queries.ts'
import {
  cancelPush,
  changeSource,
  createSource,
  deleteSource,
  presentPush,
  presentSource,
  requireOwnSource,
  requireSource,
  startPush,
} from './dicom-sources.service.ts'
import { listSeries, searchStudies } from './search-source.ts'
import { openSource } from './source-client.ts'

/** DICOMweb servers: which there are, what lies there, what is fetched from them and sent to them. */
export function registerDicomSourceRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context
  const usable = async (
    user: SignedIn,
    { projectId, dicomSourceId }: { projectId: ProjectId; dicomSourceId: DicomSourceId },
  ) => {
    const project = await requireProject(db, user, projectId, 'manage')
    return { project, source: await requireSource(db, project, dicomSourceId) }
  }

  registerRoute(app, routes.listDicomSources, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    return { items: (await findSources(db, project.id)).map(presentSource) }
  })
  registerRoute(app, routes.createDicomSource, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    return createSource(context, user, project.id, body)
  })
  registerRoute(app, routes.changeDicomSource, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    return changeSource(context, await requireOwnSource(db, project.id, params.dicomSourceId), body)
  })
  registerRoute(app, routes.deleteDicomSource, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    await deleteSource(db, await requireOwnSource(db, project.id, params.dicomSourceId))
    return null
  })

  registerRoute(app, routes.createSharedDicomSource, async ({ user, body }) => createSource(context, user, null, body))
  registerRoute(app, routes.changeSharedDicomSource, async ({ params, body }) =>
    changeSource(context, await requireOwnSource(db, null, params.sharedSourceId), body),
  )
  registerRoute(app, routes.deleteSharedDicomSource, async ({ params }) => {
    await deleteSource(db, await requireOwnSource(db, null, params.sharedSourceId))
    return null
  })

  registerRoute(app, routes.searchDicomStudies, async ({ user, params, body }) => {
    const { source } = await usable(user, params)
    return searchStudies(openSource(context, source), body)
  })
  registerRoute(app, routes.listDicomSeries, async ({ user, params }) => {
    const { source } = await usable(user, params)
    return { items: await listSeries(openSource(context, source), params.remoteStudyUid) }
  })
  registerRoute(app, routes.pullDicom, async ({ user, params, body }) => {
    const { project, source } = await usable(user, params)
    const request = { sourceId: source.id, selections: body.selections }
    const made = { id: newId<ImportId>(), user, project, duplicates: body.duplicates }
    return acceptImport(context, { ...made, kind: 'dicomweb', source: source.name, request })
  })
  registerRoute(app, routes.pushObjects, async ({ user, params, body }) => {
    const { project, source } = await usable(user, params)
    return startPush(context, user, project, source, body)
  })

  registerRoute(app, routes.listDicomPushes, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    return { items: (await findPushes(db, project.id)).map(presentPush) }
  })
  registerRoute(app, routes.cancelDicomPush, async ({ user, params }) => cancelPush(db, user, params.dicomPushId))
}
