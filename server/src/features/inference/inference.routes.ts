import { type InferenceRequest, isLearnable, type ProjectId, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { requireProject } from '../projects/access.ts'
import { createAsker, findAskedModel } from './ask-model.ts'
import { fetchPictures, keepLink, writeResults } from './label-studio.ts'
import { describeAskedModel, readPictures, writeAnswer } from './open-inference.ts'

/** Programs of others use the models of projects, with the rights of the account whose token they bring. */
export function registerInferenceRoutes(app: FastifyInstance, context: Context): void {
  const { db } = context
  const asker = createAsker(context)

  const find = async (user: SignedIn, projectId: ProjectId, number: number | null) => {
    const project = await requireProject(db, user, projectId, 'view')
    return { project, model: await findAskedModel(db, project, number) }
  }
  const infer = async (user: SignedIn, of: { projectId: ProjectId; version?: number }, body: InferenceRequest) => {
    const { project, model } = await find(user, of.projectId, of.version ?? null)
    const seen = await asker.ask(user.id, project, model, await readPictures(body))
    return writeAnswer(body, { project, model, seen })
  }

  registerRoute(app, routes.inferenceServer, async () => ({
    name: 'vesalius',
    version: context.version,
    extensions: [],
  }))
  registerRoute(app, routes.inferenceLive, async () => ({ live: true }))
  registerRoute(app, routes.inferenceReady, async () => {
    await db.selectFrom('installation').select('name').limit(1).execute()
    return { ready: true }
  })

  registerRoute(app, routes.inferenceModel, async ({ user, params }) => {
    const { project, model } = await find(user, params.projectId, null)
    return describeAskedModel(project, [model])
  })
  registerRoute(app, routes.inferenceModelReady, async ({ user, params }) => {
    const project = await requireProject(db, user, params.projectId, 'view')
    return { name: project.id, ready: isLearnable(project.task_type) && project.serving_model_id !== null }
  })
  registerRoute(app, routes.inferenceVersion, async ({ user, params }) => {
    const { project, model } = await find(user, params.projectId, params.version)
    return describeAskedModel(project, [model])
  })
  registerRoute(app, routes.inferenceVersionReady, async ({ user, params }) => {
    const { project } = await find(user, params.projectId, params.version)
    return { name: project.id, ready: true }
  })
  registerRoute(app, routes.infer, async ({ user, params, body }) => infer(user, params, body))
  registerRoute(app, routes.inferVersion, async ({ user, params, body }) => infer(user, params, body))

  registerRoute(app, routes.labelStudioHealth, async ({ user, params }) => {
    await requireProject(db, user, params.projectId, 'view')
    return { status: 'UP', model_class: 'Vesalius' }
  })
  registerRoute(app, routes.labelStudioSetup, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'view')
    const { hostname, access_token: token } = body
    if (hostname)
      await keepLink(context, { projectId: project.id, userId: user.id }, { hostname, token: token ?? null })
    const serving = project.serving_model_id ? (await find(user, project.id, null)).model : null
    return { model_version: serving ? String(serving.number) : 'none' }
  })
  registerRoute(app, routes.labelStudioPredict, async ({ user, params, body }) => {
    const { project, model } = await find(user, params.projectId, null)
    const pictures = await fetchPictures(context, { projectId: project.id, userId: user.id }, body)
    const seen = await asker.ask(user.id, project, model, pictures)
    const version = String(model.number)
    return { model_version: version, results: writeResults(project, body, seen, version) }
  })
  registerRoute(app, routes.labelStudioWebhook, async ({ user, params }) => {
    await requireProject(db, user, params.projectId, 'view')
    return {}
  })
}
