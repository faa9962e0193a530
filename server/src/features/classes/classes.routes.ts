import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { keepProjectFacts } from '../labels/keep-project-facts.ts'
import { requireProject } from '../projects/access.ts'
import { listClassEdits, previewClassEdit, startClassEdit } from './class-edits.service.ts'

export function registerClassRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context

  registerRoute(app, routes.previewClassEdit, async ({ user, params, body }) =>
    previewClassEdit(db, await requireProject(db, user, params.projectId, 'manage'), { edit: body }),
  )

  registerRoute(app, routes.startClassEdit, async ({ user, params, body }) => {
    await requireProject(db, user, params.projectId, 'manage')
    const edit = await startClassEdit(context, user, { projectId: params.projectId, asked: { edit: body } })
    await keepProjectFacts(context, params.projectId)
    return edit
  })

  registerRoute(app, routes.listClassEdits, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'view')
    return { items: await listClassEdits(db, project), past: project.class_history }
  })

  registerRoute(app, routes.previewClassUndo, async ({ user, params }) =>
    previewClassEdit(db, await requireProject(db, user, params.projectId, 'manage'), { undo: params.editId }),
  )

  registerRoute(app, routes.undoClassEdit, async ({ user, params }) => {
    await requireProject(db, user, params.projectId, 'manage')
    const edit = await startClassEdit(context, user, { projectId: params.projectId, asked: { undo: params.editId } })
    await keepProjectFacts(context, params.projectId)
    return edit
  })
}
