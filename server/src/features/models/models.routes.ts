import { Readable } from 'node:stream'
import { AppError, type ModelVersionId, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { knowsEnough, placesNow } from '../classes/class-schemes.ts'
import { attachmentNamed } from '../images/content-disposition.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { requireProject } from '../projects/access.ts'
import { presentModel } from '../training/present.ts'
import { askComparison, presentComparison } from './comparisons.ts'
import { deleteModel } from './delete-model.ts'
import { findHeldOutImages } from './held-out.queries.ts'
import { zipModel } from './model-archive.ts'
import { describeModel } from './model-card.ts'
import { listServings, rollBack, serveModel } from './serve-model.ts'

export function registerModelRoutes(app: FastifyInstance, context: Context): void {
  const { db, storage, events } = context

  const requireModel = async (user: SignedIn, id: ModelVersionId, right: 'view' | 'manage') => {
    const model = await findModel(db, id)
    if (!model) throw new AppError('NOT_FOUND', 'There is no such model version, or you may not see it.')
    return { model, project: await requireProject(db, user, model.project_id, right) }
  }

  registerRoute(app, routes.promoteModel, async ({ user, params }) => {
    const { model, project } = await requireModel(user, params.modelVersionId, 'manage')
    if (!knowsEnough(project, model.class_scheme)) {
      throw new AppError('MODEL_UNUSABLE', 'This model learned classes that are gone. Train a new one.')
    }
    if (model.imported?.canPredict === false) {
      throw new AppError('MODEL_UNUSABLE', 'This model answers other classes. Train on from it first.')
    }
    const { id: modelVersionId, project_id: projectId, number } = model
    const change = { projectId, modelVersionId, number, reason: 'promote', byId: user.id } as const
    if (model.state !== 'serving') await db.transaction().execute((trx) => serveModel(context, trx, change))
    events.publish(projectId, { kind: 'model', projectId, modelVersionId })
    return presentModel({ ...model, state: 'serving' }, project)
  })

  registerRoute(app, routes.rollBack, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    const model = await rollBack(context, project.id, user.id)
    events.publish(project.id, { kind: 'model', projectId: project.id, modelVersionId: model.id })
    return presentModel(model, project)
  })

  registerRoute(app, routes.listServings, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'view')
    return listServings(db, project.id)
  })

  registerRoute(app, routes.getHeldOut, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'view')
    const images = await findHeldOutImages(db, project)
    const groups = new Set(images.map((image) => image.group_key ?? image.content_hash))
    const perClass = project.classes.map(
      (_, place) =>
        images.filter((row) => placesNow(project, row.class_scheme, row.label_classes).includes(place)).length,
    )
    return { images: images.length, groups: groups.size, perClass }
  })

  registerRoute(app, routes.deleteModel, async ({ user, params }) => {
    const { model } = await requireModel(user, params.modelVersionId, 'manage')
    await deleteModel(context, model)
    return null
  })

  registerRoute(app, routes.getModelFile, async ({ user, params, reply }) => {
    const { model } = await requireModel(user, params.modelVersionId, 'view')
    const disposition = `attachment; filename="model-${model.number}.onnx"`
    const link = await storage.link(model.uri, { mediaType: 'application/octet-stream', disposition })
    if (link) return reply.header('cache-control', 'no-store').redirect(link, 307)
    return reply
      .type('application/octet-stream')
      .header('content-disposition', disposition)
      .header('content-length', model.byte_size)
      .send(storage.stream(model.uri))
  })

  registerRoute(app, routes.getModelLabels, async ({ user, params }) => {
    const { model } = await requireModel(user, params.modelVersionId, 'view')
    const labels = await db
      .selectFrom('model_labels')
      .select(['learned', 'held_out'])
      .where('model_version_id', '=', model.id)
      .executeTakeFirst()
    return { learned: labels?.learned ?? [], heldOut: labels?.held_out ?? [] }
  })

  registerRoute(app, routes.getModelCard, async ({ user, params, reply }) => {
    const { model, project } = await requireModel(user, params.modelVersionId, 'view')
    return reply
      .type('text/markdown; charset=utf-8')
      .header('content-disposition', attachmentNamed(`${project.name} ${model.number}.md`))
      .send(await describeModel(db, project, model))
  })

  registerRoute(app, routes.getModelArchive, async ({ user, params, reply }) => {
    const { model, project } = await requireModel(user, params.modelVersionId, 'view')
    return reply
      .type('application/zip')
      .header('content-disposition', attachmentNamed(`${project.name} ${model.number}.zip`))
      .header('cache-control', 'private, no-store')
      .send(Readable.from(await zipModel(context, project, model)))
  })

  registerRoute(app, routes.compareModels, async ({ user, params, body }) =>
    askComparison(context, await requireProject(db, user, params.projectId, 'manage'), body),
  )

  registerRoute(app, routes.getComparison, async ({ user, params }) => {
    const row = await db.selectFrom('comparisons').selectAll().where('id', '=', params.comparisonId).executeTakeFirst()
    if (!row) throw new AppError('NOT_FOUND', 'There is no such comparison, or you may not see it.')
    await requireProject(db, user, row.project_id, 'view')
    return presentComparison(row)
  })
}
