import { API_PREFIX, AppError, type PushMessage, type RemoteImage, type RemoteJobId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { findImage } from '../images/images.queries.ts'
import { noteDelivery } from './deliveries.ts'
import { failPrelabel, findRemoteJob, isCurrent, type RemoteJobRow } from './remote-jobs.ts'
import { addressEnds, imageUrlOf, openSentPicture, readSentPicture } from './remote-picture.ts'
import { bearerOf, findRemoteServer, type RemoteServerRow, secretsOf } from './remote-server.ts'
import { signMessage } from './webhook-signature.ts'

type Parts = Pick<
  Context,
  'db' | 'jobs' | 'storage' | 'events' | 'outgoing' | 'config' | 'sealKey' | 'previews' | 'pictures'
>

const TIMEOUT_MS = 60_000
/** Of an answer to a push only the status counts. */
const MOST_ANSWER_BYTES = 64 * 1024
/** Answers that trying again does not change. */
const isLasting = (status: number) => status >= 400 && status < 500 && ![408, 425, 429].includes(status)

/** Sends an image to the project's server, which answers later. Tried again with growing pauses; then it has failed. */
export function pushImageHandler(parts: Parts): JobHandler<'push-image'> {
  return async ({ payload: { remoteJobId }, signal, isLastTry }) => {
    const work = await findWork(parts, remoteJobId)
    if (!work) return
    const started = performance.now()
    const said = {
      projectId: work.job.project_id,
      jobId: work.job.id,
      imageId: work.image.id,
      direction: 'out',
    } as const
    const failure = await send(parts, work, signal).catch((error: unknown) => asFailure(error))
    const milliseconds = performance.now() - started
    signal.throwIfAborted()
    if (!failure) {
      await noteDelivery(parts.db, { ...said, status: 202, outcome: 'accepted', reason: null, milliseconds })
      await noteSent(parts, work.job)
      return
    }
    const { status, reason, isFinal } = failure
    await noteDelivery(parts.db, { ...said, status, outcome: 'failed', reason, milliseconds })
    if (!isFinal && !isLastTry) throw new AppError('OUTGOING_FAILED', reason)
    const { fallsBack } = work.server.settings
    await failPrelabel(parts, { id: work.job.id, imageId: work.image.id, reason, fallsBack })
  }
}

interface Work {
  job: RemoteJobRow
  image: ImageRow
  project: ProjectRow
  server: RemoteServerRow
}

interface Failure {
  status: number | null
  reason: string
  isFinal: boolean
}

async function findWork({ db }: Parts, id: RemoteJobId): Promise<Work | null> {
  const job = await findRemoteJob(db, id)
  if (job?.state !== 'waiting' || !job.image_id) return null
  const image = await findImage(db, job.image_id)
  const project = await db.selectFrom('projects').selectAll().where('id', '=', job.project_id).executeTakeFirst()
  const server = await findRemoteServer(db, job.project_id)
  return image && project && server && isCurrent(job, project, server) ? { job, image, project, server } : null
}

/** Null: it was taken. */
async function send(parts: Parts, work: Work, signal: AbortSignal): Promise<Failure | null> {
  const { job, server } = work
  const secrets = secretsOf(parts.sealKey, server)
  if (secrets.length === 0) return { status: null, reason: 'no secret was made yet.', isFinal: true }
  const body = JSON.stringify(await writeMessage(parts, work))
  const answer = await parts.outgoing.request(server.settings.url ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...bearerOf(parts.sealKey, server),
      ...signMessage(secrets, { id: job.id, body }),
    },
    ...{ body, timeoutMs: TIMEOUT_MS, maxBytes: MOST_ANSWER_BYTES, maxRedirects: 0, signal },
  })
  answer.body.on('error', () => {}).resume()
  const { status } = answer
  if (status >= 200 && status < 300) return null
  return {
    status,
    reason: `the server answers ${status}.`,
    isFinal: isLasting(status) || (status >= 300 && status < 400),
  }
}

async function writeMessage(parts: Parts, { job, image, project, server }: Work): Promise<PushMessage> {
  const here = `${(parts.config.publicUrl ?? '').replace(/\/$/, '')}${API_PREFIX}/callbacks/prelabel/${job.id}`
  const sent = await openSentPicture(parts, image, server.settings)
  const facts = {
    id: image.id,
    width: image.width,
    height: image.height,
    frames: image.frames,
    mediaType: sent.mediaType,
  }
  const picture: RemoteImage =
    server.settings.sends === 'bytes'
      ? { ...facts, bytes: (await readSentPicture(sent)).toString('base64') }
      : {
          ...facts,
          url: imageUrlOf(parts, image.id),
          expiresAt: addressEnds().toISOString(),
        }
  return {
    type: 'prelabel.requested',
    timestamp: new Date().toISOString(),
    data: {
      jobId: job.id,
      projectId: project.id,
      taskType: project.task_type,
      classes: project.classes,
      image: picture,
      callback: { url: here, expiresAt: (job.expires_at ?? new Date()).toISOString() },
    },
  }
}

async function noteSent({ db }: Parts, job: RemoteJobRow): Promise<void> {
  // The answer may have come before this: only a job that still waits becomes one that was sent.
  await db
    .updateTable('remote_jobs')
    .set({ state: 'sent', attempts: sql`attempts + 1` })
    .where('id', '=', job.id)
    .where('state', '=', 'waiting')
    .execute()
}

/** What a guard or a decoder refuses is refused again; what nobody answers may be answered later. */
function asFailure(error: unknown): Failure {
  if (!(error instanceof AppError)) throw error
  return {
    status: null,
    reason: error.message,
    isFinal: error.code !== 'OUTGOING_FAILED' && error.code !== 'UNAVAILABLE',
  }
}
