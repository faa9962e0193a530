import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { AppError, type RemoteJobId, routes } from '@vesalius/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import type { RunRow } from '../../db/tables.ts'
import { registerRoute } from '../../http/register-route.ts'
import { findImage } from '../images/images.queries.ts'
import { mediaTypeOf } from '../images/picture-format.ts'
import { receiveFile } from '../ingest/receive-file.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { MODEL_LIMITS } from '../training/import-model.ts'
import { answerImage, failHeldJob, finishTraining } from './answer-job.ts'
import { describeItems, findItemImage, openFrozenRuns } from './frozen-runs.ts'
import { modelKeyOf } from './job-files.ts'
import { keepLease, leaseJob, requireLease } from './lease.ts'
import type { RemoteJobRow } from './remote-jobs.ts'
import { openSentPicture } from './remote-picture.ts'
import { findRemoteServer } from './remote-server.ts'
import { findWorkerToken, noteTokenUse, type WorkerTokenRow } from './worker-tokens.ts'

/** Where workers come for jobs: each is known by its token, and a job is one worker's as long as it says so. */
export async function registerWorkerRoutes(app: FastifyInstance, context: Context): Promise<void> {
  const { db, storage } = context
  const parts = { ...context, frozenRuns: openFrozenRuns(context) }

  app.decorateRequest('workerToken', null)
  app.decorate('requireWorker', async (request: FastifyRequest) => {
    request.workerToken = await findWorkerToken(db, request.headers.authorization)
    if (!request.workerToken) throw noToken()
  })
  const tokenOf = ({ workerToken }: FastifyRequest): WorkerTokenRow => {
    if (!workerToken) throw noToken()
    return workerToken
  }
  const held = async (request: FastifyRequest, { remoteJobId }: { remoteJobId: RemoteJobId }, lease: string) =>
    requireLease(parts, tokenOf(request), { remoteJobId, lease })
  const frozenOf = async (job: RemoteJobRow) => {
    const run: RunRow | undefined = await db
      .selectFrom('runs')
      .selectAll()
      .where('id', '=', job.run_id)
      .executeTakeFirst()
    const frozen = run && (await parts.frozenRuns.read(run))
    if (!run || !frozen) throw new AppError('NOT_FOUND', 'This job has no data to learn from.')
    return { run, frozen }
  }

  registerRoute(app, routes.leaseJob, async ({ request, body }) => {
    const token = tokenOf(request)
    await noteTokenUse(db, token, body.name)
    return { job: await leaseJob(parts, token, body.kinds) }
  })

  registerRoute(app, routes.keepJob, async ({ request, params, query, body }) => {
    const { job } = await held(request, params, query.lease)
    return { leaseUntil: (await keepLease(parts, job, body)).toISOString() }
  })

  registerRoute(app, routes.getJobImage, async ({ request, reply, params, query }) => {
    const { job, project } = await held(request, params, query.lease)
    const image = job.image_id ? await findImage(db, job.image_id) : undefined
    const server = await findRemoteServer(db, project.id)
    if (!image || !server) throw new AppError('NOT_FOUND', 'This job has no image, or it is gone.')
    const isOurs = server.settings.kind === 'worker'
    const sent = await openSentPicture(parts, image, { picture: isOurs ? 'original' : server.settings.picture })
    return sendFile(reply, createReadStream(sent.path), sent)
  })

  registerRoute(app, routes.getJobModel, async ({ request, reply, params, query }) => {
    const { job } = await held(request, params, query.lease)
    const id = job.kind === 'training' ? (await frozenOf(job)).frozen.start?.id : job.model_version_id
    const model = id ? await findModel(db, id) : undefined
    if (!model) throw new AppError('NOT_FOUND', 'This job has no model to begin with, or it is gone.')
    return sendFile(reply, storage.stream(model.uri), {
      mediaType: 'application/octet-stream',
      byteSize: model.byte_size,
    })
  })

  registerRoute(app, routes.getJobItems, async ({ request, params, query }) => {
    const { job } = await held(request, params, query.lease)
    const { run, frozen } = await frozenOf(job)
    return { items: await describeItems(context, run, frozen, query) }
  })

  registerRoute(app, routes.getJobItemFile, async ({ request, reply, params, query }) => {
    const { job } = await held(request, params, query.lease)
    const image = await findItemImage(context, (await frozenOf(job)).frozen, params.position)
    const byteSize = await storage.size(image.uri)
    if (byteSize === null) throw new AppError('NOT_FOUND', 'The file of this image is gone from the storage.')
    return sendFile(reply, storage.stream(image.uri), { mediaType: mediaTypeOf(image.type), byteSize })
  })

  registerRoute(app, routes.answerJob, async ({ request, params, query, body }) => ({
    state: await answerImage(parts, await held(request, params, query.lease), body),
  }))

  registerRoute(app, routes.finishTraining, async ({ request, params, query, body }) => ({
    state: await finishTraining(parts, await held(request, params, query.lease), body),
  }))

  registerRoute(app, routes.failJob, async ({ request, params, query, body }) => ({
    state: await failHeldJob(parts, await held(request, params, query.lease), body),
  }))

  await app.register(async (scope) => {
    // The model is read as a stream, not into memory.
    scope.addContentTypeParser(
      'application/octet-stream',
      { bodyLimit: MODEL_LIMITS.archive },
      (_request, body, done) => done(null, body),
    )
    registerRoute(scope, routes.putJobModel, async ({ request, params, query }) => {
      const { job } = await held(request, params, query.lease)
      if (job.kind !== 'training' || !job.run_id) throw new AppError('NOT_FOUND', 'This job brings no model.')
      const received = await receiveFile(request.body as Readable, storage.scratchDirectory, MODEL_LIMITS)
      try {
        if (received.sha256 !== query.sha256) {
          throw new AppError('VALIDATION_FAILED', 'The model did not arrive as it was sent: its SHA-256 differs.')
        }
        // While it arrived the job may have gone to another.
        await held(request, params, query.lease)
        await storage.adopt(modelKeyOf({ id: job.run_id, project_id: job.project_id }), received.path)
      } finally {
        await rm(received.path, { force: true })
      }
      return { byteSize: received.byteSize }
    })
  })
}

function sendFile(
  reply: FastifyReply,
  stream: Readable,
  { mediaType, byteSize }: { mediaType: string; byteSize: number },
): FastifyReply {
  return reply
    .type(mediaType)
    .headers({ 'content-length': byteSize, 'cache-control': 'private, no-store' })
    .send(stream)
}

const noToken = () => new AppError('NOT_SIGNED_IN', 'The token of the worker is missing, wrong, expired or revoked.')
