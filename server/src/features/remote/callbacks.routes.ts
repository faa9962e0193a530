import { createReadStream } from 'node:fs'
import { AppError, CallbackMessage, type RemoteJobId, routes } from '@vesalius/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { findImage } from '../images/images.queries.ts'
import { acceptAnswer, type Heard } from './accept-answer.ts'
import { hashBody, noteForgery } from './deliveries.ts'
import { findRemoteJob } from './remote-jobs.ts'
import { isImageAddress, openSentPicture } from './remote-picture.ts'
import { findRemoteServer, secretsOf } from './remote-server.ts'
import { checkMessage } from './webhook-signature.ts'

/** Masks of a large image with many marks; what is larger is refused before it is read. */
const MOST_BYTES = 16 * 1024 ** 2

type Parts = Pick<Context, 'db' | 'jobs' | 'storage' | 'events' | 'sealKey' | 'previews' | 'pictures'>

/** Where remote servers answer and fetch what they were sent: known by signatures, not by accounts. */
export async function registerCallbackRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  await app.register(async (scope) => {
    // A signature is of the bytes as they came.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    )

    registerRoute(scope, routes.answerPrelabel, async ({ params, request }) => ({
      state: await acceptAnswer(parts, await hear(parts, params.remoteJobId, request)),
    }))

    registerRoute(scope, routes.getSentImage, async ({ params, query, reply }) => {
      const { imageId } = params
      const image = isImageAddress(parts.sealKey, imageId, query) ? await findImage(parts.db, imageId) : undefined
      const server = image && (await findRemoteServer(parts.db, image.project_id))
      if (!image || !server || image.state === 'DELETED') throw gone()
      const { kind, picture } = server.settings
      const sent = await openSentPicture(parts, image, {
        picture: kind === 'push' ? picture : 'png',
        frame: Math.min(query.frame ?? 0, image.frames - 1),
      })
      return reply
        .type(sent.mediaType)
        .headers({ 'content-length': sent.byteSize, 'cache-control': 'private, no-store' })
        .send(createReadStream(sent.path))
    })
  })
}

/** The message, once its signature holds and it has the form of one. Throws NOT_FOUND, WRONG_CREDENTIALS, VALIDATION_FAILED. */
async function hear(parts: Parts, id: RemoteJobId, request: FastifyRequest): Promise<Heard> {
  const { db, sealKey } = parts
  const job = await findRemoteJob(db, id)
  const server = job && (await findRemoteServer(db, job.project_id))
  if (!job?.image_id || !server) throw gone()
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const messageId = await checkSignature(parts, { request, body, job, secrets: secretsOf(sealKey, server) })
  const project = await db.selectFrom('projects').selectAll().where('id', '=', job.project_id).executeTakeFirst()
  if (!project || project.deleted_at) throw gone()
  const message = CallbackMessage.safeParse(readJson(body))
  if (!message.success) {
    const issues = message.error.issues
      .slice(0, 20)
      .map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    throw new AppError('VALIDATION_FAILED', 'The message does not fit: see the issues.', { issues })
  }
  const { image_id: imageId } = job
  return {
    job: { ...job, image_id: imageId },
    project,
    server,
    message: message.data,
    messageId,
    bodyHash: hashBody(body),
  }
}

async function checkSignature(
  { db }: Parts,
  {
    request,
    body,
    job,
    secrets,
  }: {
    request: FastifyRequest
    body: Buffer
    job: NonNullable<Awaited<ReturnType<typeof findRemoteJob>>>
    secrets: string[]
  },
): Promise<string> {
  try {
    return checkMessage(secrets, request.headers, body)
  } catch (error) {
    if (error instanceof AppError) {
      const { status, message: reason } = error
      await noteForgery(db, { projectId: job.project_id, jobId: job.id, imageId: job.image_id, status, reason })
    }
    throw error
  }
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new AppError('BAD_REQUEST', 'The body is not JSON.', {}, { cause })
  }
}

const gone = () => new AppError('NOT_FOUND', 'There is nothing at this address, or it held only for a while.')
