import { AppError, type CallbackMessage, type ImageId, type RemoteJobState } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { ImageRow, ProjectRow, Tables } from '../../db/tables.ts'
import { changeImage } from '../images/change-image.ts'
import { refuseUnchangeable } from '../images/require-image.ts'
import type { Guess } from '../predictions/guess.ts'
import { storeGuess } from '../predictions/store-guess.ts'
import { findDelivery, noteDelivery } from './deliveries.ts'
import { outsideModel } from './outside-model.ts'
import { readAnswer } from './read-answer.ts'
import { endRemoteJob, failPrelabel, findRemoteJob, isCurrent, isOpenJob, type RemoteJobRow } from './remote-jobs.ts'
import { findRemoteServer, type RemoteServerRow } from './remote-server.ts'

type Parts = Pick<Context, 'db' | 'jobs' | 'storage' | 'events'>

export interface Heard {
  job: RemoteJobRow & { image_id: ImageId }
  project: ProjectRow
  server: RemoteServerRow
  message: CallbackMessage
  /** `webhook-id`, and the hash of the body that came under it. */
  messageId: string
  bodyHash: string
}

/** What became of the question, or why the message changed nothing. */
type Verdict = { state: RemoteJobState } | { refused: string }

/**
 * Takes an answer whose signature holds. Only the first answer to an open question counts; one that comes late, twice,
 * under an id that was used for another, or contradicts what was said changes nothing. What a message came to is kept
 * with its id in the same transaction, so that saying it again comes to the same. Throws CONFLICT, LABEL_MISMATCH.
 */
export async function acceptAnswer(parts: Parts, heard: Heard): Promise<RemoteJobState> {
  const known = await findDelivery(parts.db, heard.project.id, heard.messageId)
  if (known) return repeat(parts, heard, known)
  const verdict = isOpenJob(heard.job) ? await decide(parts, heard) : late(heard.job)
  if ('state' in verdict) return verdict.state
  // Of two equal messages at once the second finds the question closed by the first, which is no contradiction.
  const meanwhile = await findDelivery(parts.db, heard.project.id, heard.messageId)
  if (meanwhile) return repeat(parts, heard, meanwhile)
  await note(parts.db, heard, { status: 409, refused: verdict.refused })
  throw new AppError('CONFLICT', verdict.refused)
}

type Known = NonNullable<Awaited<ReturnType<typeof findDelivery>>>

async function repeat({ db }: Parts, { bodyHash, job }: Heard, known: Known): Promise<RemoteJobState> {
  if (known.body_hash !== bodyHash || known.job_id !== job.id) {
    throw new AppError('CONFLICT', 'Another message came under this webhook-id before.')
  }
  if (known.outcome === 'refused') {
    throw new AppError(known.status === 409 ? 'CONFLICT' : 'LABEL_MISMATCH', known.reason ?? 'The answer is not taken.')
  }
  return (await findRemoteJob(db, job.id))?.state ?? job.state
}

async function decide(parts: Parts, heard: Heard): Promise<Verdict> {
  const { message } = heard
  if (message.type === 'prelabel.finished') return store(parts, heard, await readGuess(parts, heard, message.data))
  const { job, server } = heard
  const reason = message.data.reason.replace(/\.?$/, '.')
  const failed = { id: job.id, imageId: job.image_id, reason, fallsBack: server.settings.fallsBack }
  const isEnded = await failPrelabel(parts, failed, (trx) => note(trx, heard, { status: 200, remark: reason }))
  return isEnded ? { state: 'failed' } : late((await findRemoteJob(parts.db, job.id)) ?? job)
}

/** Throws LABEL_MISMATCH, and notes it: the question stays open for an answer that fits, until its time is up. */
async function readGuess(
  parts: Parts,
  heard: Heard,
  data: Extract<CallbackMessage, { type: 'prelabel.finished' }>['data'],
): Promise<Guess> {
  const { job, project, server } = heard
  const image = await parts.db.selectFrom('images').selectAll().where('id', '=', job.image_id).executeTakeFirstOrThrow()
  try {
    const said = readAnswer(project, image, data.predictions, Math.max(0, Date.now() - job.created_at.getTime()))
    return { ...said, modelVersionId: await outsideModel(parts, project, server, data.model) }
  } catch (error) {
    if (error instanceof AppError) {
      await note(parts.db, heard, { status: error.status, refused: error.message })
      await parts.db
        .updateTable('remote_jobs')
        .set({ reason: error.message })
        .where('id', '=', job.id)
        .where('finished_at', 'is', null)
        .execute()
    }
    throw error
  }
}

async function store(parts: Parts, heard: Heard, guess: Guess): Promise<Verdict> {
  const { job } = heard
  let verdict: Verdict = { refused: 'The image is gone.' }
  await changeImage(parts, job.image_id, async (trx, image, project) => {
    verdict = await storeIn(trx, heard, { image, project, guess })
  })
  return verdict
}

async function storeIn(
  trx: Transaction<Tables>,
  heard: Heard,
  { image, project, guess }: { image: ImageRow; project: ProjectRow; guess: Guess },
): Promise<Verdict> {
  const job = (await findRemoteJob(trx, heard.job.id)) ?? heard.job
  if (!isOpenJob(job)) return late(job)
  const isAsked = isCurrent(job, project, await findRemoteServer(trx, project.id))
  const obstacle = isAsked ? obstacleOf(image) : 'The settings of the project changed.'
  if (obstacle) {
    await endRemoteJob(trx, job.id, 'cancelled', obstacle)
    return { refused: obstacle }
  }
  await storeGuess(trx, image, guess)
  await endRemoteJob(trx, job.id, 'succeeded')
  const remark = image.annotated_at === null ? null : 'Somebody annotated the image meanwhile: their label stays.'
  await note(trx, heard, { status: 200, remark })
  return { state: 'succeeded' }
}

type Note = { status: 200; remark: string | null } | { status: number; refused: string }

async function note(db: Parts['db'], { job, messageId, bodyHash }: Heard, said: Note): Promise<void> {
  await noteDelivery(db, {
    ...{ projectId: job.project_id, jobId: job.id, imageId: job.image_id, direction: 'in', messageId, bodyHash },
    status: said.status,
    ...('refused' in said
      ? { outcome: 'refused', reason: said.refused }
      : { outcome: 'accepted', reason: said.remark }),
  })
}

function late({ state, reason }: RemoteJobRow): Verdict {
  return { refused: `The question is closed: it ${WORDS[state] ?? 'is not open'}${reason ? ` (${reason})` : ''}.` }
}

const WORDS: Partial<Record<RemoteJobState, string>> = {
  succeeded: 'was answered before',
  failed: 'has failed before',
  cancelled: 'was taken back',
}

function obstacleOf(image: ImageRow): string | null {
  try {
    refuseUnchangeable(image)
    return null
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}
