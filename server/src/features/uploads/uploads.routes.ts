import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdir } from 'node:fs/promises'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import { API_PREFIX, AppError, routes } from '@vesalius/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuseUnsecured } from '../../http/refuse-unsecured.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { refuseBeyondScope } from '../../http/token-scope.ts'
import { newId } from '../../ids.ts'
import type { ImportParts } from '../imports/import-images.job.ts'
import { requireProject } from '../projects/access.ts'
import { holderOf, refuseTooLarge } from '../quotas/quota.ts'
import { type Finished, finishUpload } from './finish-upload.ts'
import { UploadFacts, UploadFiles, type UploadResult } from './upload-files.ts'

const PATH = `${API_PREFIX}/uploads`
const PIECE = 'application/offset+octet-stream'
const SWEEP_EVERY_MS = 3600_000

/** Who is asking, and what they may upload to, for the protocol's hooks. */
interface Call {
  user: SignedIn
  facts: UploadFacts
}

/** Uploads in pieces that go on after a lost connection: tus 1.0 (tus.io), creation, termination and expiration. */
export async function registerUploadRoutes(app: FastifyInstance, context: ImportParts): Promise<void> {
  const files = new UploadFiles(context.config.dataDirectory)
  await mkdir(files.folder, { recursive: true })
  await files.sweep()
  const sweeping = setInterval(() => void files.sweep().catch(() => {}), SWEEP_EVERY_MS).unref()
  app.addHook('onClose', async () => clearInterval(sweeping))

  const calls = new AsyncLocalStorage<Call>()
  const underWay = new Map<string, Promise<UploadResult>>()
  const finish = (finished: Finished): Promise<UploadResult> => {
    const running = underWay.get(finished.id)
    if (running) return running
    const result = finishUpload(context, files, finished).finally(() => underWay.delete(finished.id))
    underWay.set(finished.id, result)
    return result
  }
  const callOf = (): Call => {
    const call = calls.getStore()
    if (!call) throw new Error('an upload hook ran outside of a request')
    return call
  }
  const tus = new Server({
    path: PATH,
    datastore: new FileStore({ directory: files.folder }),
    maxSize: context.config.maxArchiveBytes,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: () => newId(),
    onUploadCreate: async () => {
      const { facts } = callOf()
      return { metadata: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) }
    },
    onUploadFinish: async (_, upload) => {
      await finish({ id: upload.id, ...callOf() })
      return {}
    },
  })

  const handOver = async (request: FastifyRequest, reply: FastifyReply, call: Call) => {
    reply.hijack()
    reply.raw.setHeader('x-content-type-options', 'nosniff')
    reply.raw.setHeader('cache-control', 'no-store')
    await calls.run(call, () => tus.handle(request.raw, reply.raw))
  }
  const requireUser = async (request: FastifyRequest): Promise<SignedIn> => {
    const user = await app.authenticate(request)
    if (!user) throw new AppError('NOT_SIGNED_IN', 'Sign in first.')
    refuseUnsecured(user)
    refuseBeyondScope(user, 'write')
    return user
  }

  await app.register(async (scope) => {
    // The bytes are read by the protocol's own handler.
    scope.addContentTypeParser(PIECE, (_request, _payload, done) => done(null))

    scope.post(PATH, async (request, reply) => {
      const user = await requireUser(request)
      const facts = readFacts(request.headers['upload-metadata'], user)
      const project = await requireProject(context.db, user, facts.projectId, 'manage')
      const bytes = Number(request.headers['upload-length'] ?? 0) || 0
      await files.refuseTooMany(user.id, bytes)
      await refuseTooLarge(context.db, holderOf(project), { bytes })
      await handOver(request, reply, { user, facts })
    })

    scope.route<{ Params: { uploadId: string } }>({
      method: ['HEAD', 'PATCH', 'DELETE'],
      url: `${PATH}/:uploadId`,
      handler: async (request, reply) => {
        const user = await requireUser(request)
        const { uploadId: id } = request.params
        const found = await files.find(id, user.id)
        if (!found) throw missing()
        const isDone = (await files.offset(id)) === null && (await wasFinished(id, user, found.facts))
        if (!isDone) return handOver(request, reply, { user, facts: found.facts })
        if (request.method === 'DELETE') await files.forget(id)
        const { size } = found
        return reply
          .code(request.method === 'HEAD' ? 200 : 204)
          .headers({
            'tus-resumable': '1.0.0',
            'cache-control': 'no-store',
            'upload-offset': size,
            'upload-length': size,
          })
          .send()
      },
    })
  })

  /** Whether something came of an upload whose bytes are no longer in the folder; a process killed meanwhile lost them. */
  const wasFinished = async (id: string, user: SignedIn, facts: UploadFacts): Promise<boolean> => {
    if (underWay.has(id) || (await files.result(id))) return true
    const { items, import: made } = await finish({ id, user, facts })
    const isMade = made !== null || items.some((item) => 'image' in item)
    if (!isMade) await files.forget(id)
    return isMade
  }

  registerRoute(app, routes.getUpload, async ({ user, params: { uploadId: id } }) => {
    const found = await files.find(id, user.id)
    if (!found) throw missing()
    const offset = await files.offset(id)
    if (offset !== null && offset !== found.size) {
      throw new AppError('CONFLICT', 'The upload is not complete yet.')
    }
    return finish({ id, user, facts: found.facts })
  })
}

/** The protocol's metadata: names with base64 values, commas between them. Throws AppError. */
function readFacts(header: string | string[] | undefined, user: SignedIn): UploadFacts {
  const entries = String(header ?? '')
    .split(',')
    .map((entry) => entry.trim().split(' '))
    .map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')])
  const facts = UploadFacts.safeParse({ ...Object.fromEntries(entries), userId: user.id })
  if (facts.success) return facts.data
  throw new AppError('VALIDATION_FAILED', 'The metadata of the upload need "projectId" and "filename".')
}

function missing(): AppError {
  return new AppError('NOT_FOUND', 'There is no such upload, or it has expired.')
}
