import type { ImportId } from '@vesalius/contracts'
import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import { registerRoute } from '../../http/register-route.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { requireProject } from '../projects/access.ts'
import { readAddress } from './address-source.ts'
import { listImportFolders, requireImportFolder } from './folder-source.ts'
import type { ImportParts } from './import-images.job.ts'
import { findImports, presentImport } from './imports.queries.ts'
import { acceptImport, cancelImport, copyDuplicates, listItems, requireImport } from './imports.service.ts'
import { receiveImport } from './receive-import.ts'

export function registerImportRoutes(app: FastifyInstance, context: ImportParts): void {
  const { db, config } = context
  const foldersFor = (user: SignedIn) =>
    config.importDirectoriesFor === 'everyone' || user.role === 'administrator' ? config.importDirectories : []

  registerRoute(app, routes.createImport, async ({ user, params, query, body, request }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    if (request.isMultipart()) return receiveImport(context, request, { user, project, duplicates: query.duplicates })
    const duplicates = body.duplicates ?? query.duplicates
    const made = { id: newId<ImportId>(), user, project, duplicates }
    if (body.kind === 'folder') {
      const source = await requireImportFolder(foldersFor(user), body.path)
      return acceptImport(context, { ...made, kind: 'folder', source })
    }
    return acceptImport(context, { ...made, kind: 'address', source: readAddress(body.url).href })
  })

  registerRoute(app, routes.listImports, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    return { items: (await findImports(db, project.id)).map(presentImport) }
  })

  registerRoute(app, routes.getImport, async ({ user, params }) =>
    presentImport(await requireImport(db, user, params.importId)),
  )

  registerRoute(app, routes.listImportItems, async ({ user, params, query }) =>
    listItems(db, await requireImport(db, user, params.importId), query),
  )

  registerRoute(app, routes.cancelImport, async ({ user, params }) =>
    cancelImport(context, await requireImport(db, user, params.importId)),
  )

  registerRoute(app, routes.copyImportDuplicates, async ({ user, params }) =>
    copyDuplicates(context, user, await requireImport(db, user, params.importId)),
  )

  registerRoute(app, routes.listImportFolders, async ({ user, params, query }) => {
    await requireProject(db, user, params.projectId, 'manage')
    return listImportFolders(foldersFor(user), query.path)
  })
}
