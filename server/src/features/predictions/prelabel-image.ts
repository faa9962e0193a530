import { AppError, classesIn, type ImageId, isClassification, isLearnable } from '@vesalius/contracts'
import { frameAddress } from '@vesalius/engine/runner'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import { integers, json } from '../../db/json.ts'
import type { ImageRow, ModelVersionRow, ProjectRow, Tables } from '../../db/tables.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { changeImage } from '../images/change-image.ts'
import { findImage } from '../images/images.queries.ts'
import { refuseUnchangeable } from '../images/require-image.ts'
import { insertRevisions } from '../labels/labels.queries.ts'
import { type Guess, joinFrames, toGuess } from './guess.ts'
import { findModel, savePrediction } from './predictions.queries.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events' | 'predictor'>

/** How often a guess is made anew because another model was promoted meanwhile. */
const MAXIMUM_ROUNDS = 5
/** Of a file: more would keep the model from everybody else for long. */
const MOST_FRAMES = 500

/** The first look at an image: with a model its guess becomes the label, without one the image is free to annotate. */
export function prelabelHandler(parts: Parts): JobHandler<'prelabel-image'> {
  return async ({ payload: { imageId }, signal, isLastTry }) => {
    try {
      await prelabelImage(parts, imageId, signal)
    } catch (error) {
      if (isLastTry && !signal.aborted) await recordFailure(parts, imageId, error)
      throw error
    }
  }
}

async function prelabelImage(parts: Parts, imageId: ImageId, signal: AbortSignal): Promise<void> {
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    signal.throwIfAborted()
    const found = await findWork(parts.db, imageId)
    if (!found) return
    const guess = found.model ? await askModel(parts, found.project, found.image, found.model) : null
    signal.throwIfAborted()
    if (await storeAnswer(parts, imageId, guess)) return
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
    return toGuess(project, image, model.id, answer)
  })
  return joinFrames(guesses, frames)
}

/** A class speaks of the whole file, so it is asked of the first frame only. */
function framesToAsk({ task_type, algorithm }: ProjectRow, { frames }: ImageRow): number[] {
  const isOfEach = algorithm.guessFrames === 'every' && !isClassification(task_type)
  return Array.from({ length: isOfEach ? Math.min(frames, MOST_FRAMES) : 1 }, (_, frame) => frame)
}

/** False when the model that was asked serves no more: then nothing is stored and another has to be asked. */
async function storeAnswer(parts: Parts, imageId: ImageId, guess: Guess | null): Promise<boolean> {
  let isStored = true
  await changeImage(parts, imageId, async (trx, image, project) => {
    if (!isOpen(image)) return
    if (servingModelOf(project) !== (guess?.modelVersionId ?? null)) {
      isStored = false
      return
    }
    if (guess) await savePrediction(trx, imageId, guess)
    if (image.annotated_at === null) await (guess ? labelWithGuess(trx, image, guess) : endWithoutGuess(trx, image))
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
    await savePrediction(trx, imageId, guess)
    if (image.annotated_at === null) await labelWithGuess(trx, image, guess)
  })
}

async function labelWithGuess(trx: Transaction<Tables>, image: ImageRow, guess: Guess): Promise<void> {
  const revision = image.label_revision + 1
  const author = { kind: 'model', modelVersionId: guess.modelVersionId } as const
  await insertRevisions(trx, [{ imageId: image.id, revision, data: guess.data, author }])
  await trx
    .updateTable('images')
    .set({
      state: 'NORMAL',
      problem: null,
      label_revision: revision,
      label_value: guess.value,
      label_marks: guess.marks,
      label_classes: integers(classesIn(guess.data)),
      guess_value: guess.value,
      guess_marks: guess.marks,
      guess_score: guess.score,
      guess_model_id: guess.modelVersionId,
      uncertainty: 1 - guess.score,
      updated_at: sql`clock_timestamp()`,
    })
    .where('id', '=', image.id)
    .execute()
}

async function endWithoutGuess(trx: Transaction<Tables>, image: ImageRow): Promise<void> {
  await trx
    .updateTable('images')
    .set({ state: 'NORMAL', problem: null, updated_at: sql`clock_timestamp()` })
    .where('id', '=', image.id)
    .execute()
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
