import { AppError, isLearnable, type ProjectId, routes } from '@vesalius/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { RouteCall, SignedIn } from '../../http/route-call.ts'
import { requireProject } from '../projects/access.ts'
import { createAsker, findAskedModel } from './ask-model.ts'
import { attachBinary, chooseOutputs, JSON_LENGTH_HEADER, packAnswer, splitBody } from './binary-tensors.ts'
import { fetchPictures, keepLink, writeResults } from './label-studio.ts'
import { describeAskedModel, readPictures, writeAnswer } from './open-inference.ts'

/** Of a request; unpacked it may be as large. */
const MOST_BYTES = 64 * 1024 ** 2

type Infer = RouteCall<typeof routes.infer> | RouteCall<typeof routes.inferVersion>

/** Programs of others use the models of projects, with the rights of the account whose token they bring. */
export async function registerInferenceRoutes(app: FastifyInstance, context: Context): Promise<void> {
  const { db } = context
  const asker = createAsker(context)

  const find = async (user: SignedIn, projectId: ProjectId, number: number | null) => {
    const project = await requireProject(db, user, projectId, 'view')
    return { project, model: await findAskedModel(db, project, number) }
  }
  const infer = async ({ user, params, body, reply }: Infer) => {
    const { project, model } = await find(user, params.projectId, 'version' in params ? params.version : null)
    const seen = await asker.ask(user.id, project, model, await readPictures(body))
    const { outputs, ...answer } = writeAnswer(body, { project, model, seen })
    const chosen = chooseOutputs(body, outputs)
    if (!chosen.some(({ isBinary }) => isBinary)) return { ...answer, outputs: chosen.map(({ output }) => output) }
    return sendBinary(reply, packAnswer(answer, chosen))
  }

  registerRoute(app, routes.inferenceServer, async () => ({
    name: 'vesalius',
    version: context.version,
    extensions: ['binary_tensor_data'],
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
  await app.register(async (scope) => {
    // Triton's client names no media type, and tensors may follow the JSON as bytes.
    const parseJson = scope.getDefaultJsonParser('error', 'error')
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MOST_BYTES },
      async (request: FastifyRequest, body: Buffer) => {
        const { text, rest } = await splitBody(body, request.headers, MOST_BYTES)
        return attachBinary(await readJson(text), rest)

        function readJson(text: string): Promise<unknown> {
          return new Promise((resolve, reject) => {
            parseJson(request, text, (error, parsed) => (error ? reject(unreadable(error)) : resolve(parsed)))
          })
        }
      },
    )
    registerRoute(scope, routes.infer, infer)
    registerRoute(scope, routes.inferVersion, infer)
  })

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

function sendBinary(reply: FastifyReply, { body, jsonLength }: ReturnType<typeof packAnswer>): FastifyReply {
  return reply.header(JSON_LENGTH_HEADER, jsonLength).type('application/octet-stream').send(body)
}

const unreadable = (cause: Error) => new AppError('BAD_REQUEST', 'The request is no JSON.', {}, { cause })
