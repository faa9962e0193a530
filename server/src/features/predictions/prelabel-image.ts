import { AppError, type ImageId, isClassification, isLearnable } from '@vesalius/contracts'
import { frameAddress } from '@vesalius/engine/runner'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ImageRow, ModelVersionRow, ProjectRow } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { changeImage } from '../images/change-image.ts'
import { findImage } from '../images/images.queries.ts'
import { refuseUnchangeable } from '../images/require-image.ts'
import { askElsewhere } from '../remote/ask-remote.ts'
import { findRemoteServer, type RemoteServerRow, serverInUse } from '../remote/remote-server.ts'
import { type Guess, joinFrames, toGuess } from './guess.ts'
import { findModel } from './predictions.queries.ts'
import { endWaiting, storeGuess } from './store-guess.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events' | 'predictor' | 'jobs'> & Parameters<typeof askElsewhere>[0]

/** How often a guess is made anew because another model was promoted, or the classes were changed, meanwhile. */
const MAXIMUM_ROUNDS = 5
/** Of a file: more would keep the model from everybody else for long. */
const MOST_FRAMES = 500

/** The first look at an image: with a model its guess becomes the label, without one the image is free to annotate. */
export function prelabelHandler(parts: Parts): JobHandler<'prelabel-image'> {
  return async ({ payload: { imageId, isFallback = false }, signal, isLastTry }) => {
    try {
      await prelabelImage(parts, { imageId, isFallback }, signal)
    } catch (error) {
      if (isLastTry && !signal.aborted) {
        if (!isFallback && (await fallBack(parts, imageId, signal))) return
        await recordFailure(parts, imageId, error)
      }
      throw error
    }
  }
}

async function prelabelImage(
  parts: Parts,
  { imageId, isFallback }: { imageId: ImageId; isFallback: boolean },
  signal: AbortSignal,
): Promise<void> {
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    signal.throwIfAborted()
    const found = await findWork(parts.db, imageId)
    if (!found) return
    const server = isFallback ? null : await serverInUse(parts.db, found.project)
    const guess = server
      ? await askElsewhere(parts, found, server, signal)
      : found.model
        ? await askModel(parts, found.project, found.image, found.model)
        : null
    signal.throwIfAborted()
    if (guess === 'later' || (await storeAnswer(parts, imageId, guess, server))) return
  }
  throw new Error('the serving model kept changing')
}

async function findWork(db: Context['db'], imageId: ImageId) {
  const image = await findImage(db, imageId)
  if (!image || !isOpen(image)) return null
  const project = await db.selectFrom('projects').selectAll().where('id', '=', image.project_id).executeTakeFirst()
  if (!project || project.deleted_at) return null
  const modelId = servingModelOf(project)
  const model = modelId ? await findModel(db, modelId) : undefined
  if (modelId && !model) throw new Error('the serving model has no row')
  return { image, project, model }
}

async function askModel(parts: Parts, project: ProjectRow, image: ImageRow, model: ModelVersionRow): Promise<Guess> {
  const modelFile = await parts.storage.localFile(model.uri)
  const file = await parts.storage.localFile(image.uri)
  const frames = framesToAsk(project, image)
  const answers = await parts.predictor.predict(
    modelFile,
    frames.map((frame) => frameAddress(file, frame)),
  )
  const guesses = frames.map((_, index) => {
    const answer = answers[index]
    if (!answer || 'error' in answer) throw new AppError('PRELABEL_FAILED', answer?.error ?? 'the model did not answer')
    return toGuess(project, image, model, answer)
  })
  return joinFrames(guesses, frames)
}

/** A class speaks of the whole file, so it is asked of the first frame only. */
function framesToAsk({ task_type, algorithm }: ProjectRow, { frames }: ImageRow): number[] {
  const isOfEach = algorithm.guessFrames === 'every' && !isClassification(task_type)
  return Array.from({ length: isOfEach ? Math.min(frames, MOST_FRAMES) : 1 }, (_, frame) => frame)
}

/** Lets the project's own model answer where the server gave none. False where it has no model, or is not to. */
async function fallBack(parts: Parts, imageId: ImageId, signal: AbortSignal): Promise<boolean> {
  const found = await findWork(parts.db, imageId)
  const server = found && (await findRemoteServer(parts.db, found.project.id))
  if (!found?.model || found.project.algorithm.strategy !== 'remote' || server?.settings.fallsBack === false)
    return false
  return prelabelImage(parts, { imageId, isFallback: true }, signal).then(
    () => true,
    () => false,
  )
}

/** False when whoever was asked is not the one to ask any more, or the classes changed: then nothing is stored and another has to be asked. */
async function storeAnswer(
  parts: Parts,
  imageId: ImageId,
  guess: Guess | null,
  server: RemoteServerRow | null,
): Promise<boolean> {
  let isStored = true
  await changeImage(parts, imageId, async (trx, image, project) => {
    if (!isOpen(image)) return
    const isAsked = server
      ? project.algorithm.strategy === 'remote' && (await findRemoteServer(trx, project.id))?.version === server.version
      : servingModelOf(project) === (guess?.modelVersionId ?? null)
    const isOld = guess !== null && guess.classScheme !== project.class_scheme
    if (!isAsked || isOld) {
      isStored = false
      return
    }
    if (guess) await storeGuess(trx, image, guess)
    else if (image.annotated_at === null) await endWaiting(trx, image)
  })
  return isStored
}

/** A guess made outside of the program. An annotation stays as it is. Throws IMAGE_FROZEN, or CONFLICT for the bin. */
export async function storeOutsideGuess(
  parts: Pick<Context, 'db' | 'storage' | 'events'>,
  imageId: ImageId,
  guess: Guess,
): Promise<void> {
  await changeImage(parts, imageId, async (trx, image) => {
    refuseUnchangeable(image)
    await storeGuess(trx, image, guess)
  })
}

/** The state stays as it is; the problem tells the person, who can try again. */
async function recordFailure(parts: Parts, imageId: ImageId, error: unknown): Promise<void> {
  const reason = error instanceof AppError ? ` (${error.message})` : ''
  const problem = {
    code: 'PRELABEL_FAILED',
    message: `The first guess could not be made${reason}. Try again.`,
  } as const
  await changeImage(parts, imageId, async (trx, image) => {
    if (!isOpen(image) || image.annotated_at !== null) return
    await trx
      .updateTable('images')
      .set({ problem: json(problem), updated_at: sql`clock_timestamp()` })
      .where('id', '=', imageId)
      .execute()
  })
}

function servingModelOf(project: ProjectRow) {
  return isLearnable(project.task_type) ? project.serving_model_id : null
}

function isOpen(image: ImageRow): boolean {
  return image.state === 'TO_LABEL' || image.state === 'NORMAL'
}
