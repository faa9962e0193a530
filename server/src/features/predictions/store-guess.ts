import { isDeepStrictEqual } from 'node:util'
import { classesIn } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import { integers } from '../../db/json.ts'
import type { ImageRow, Tables } from '../../db/tables.ts'
import { findRevision, insertRevisions } from '../labels/labels.queries.ts'
import type { Guess } from './guess.ts'
import { savePrediction } from './predictions.queries.ts'

/** Keeps what a model said of a locked image; of one that nobody annotated it becomes the label. */
export async function storeGuess(trx: Transaction<Tables>, image: ImageRow, guess: Guess): Promise<void> {
  await savePrediction(trx, image.id, guess)
  if (image.annotated_at !== null) return
  if (await isLabelAlready(trx, image, guess)) await endWaiting(trx, image)
  else await labelWithGuess(trx, image, guess)
}

/** The same said again, as by a job whose process was killed between its commit and its end. */
async function isLabelAlready(trx: Transaction<Tables>, image: ImageRow, guess: Guess): Promise<boolean> {
  const { author, class_scheme, data } = await findRevision(trx, image.id, image.label_revision)
  if (author.kind !== 'model' || author.modelVersionId !== guess.modelVersionId) return false
  return class_scheme === guess.classScheme && isDeepStrictEqual(data, guess.data)
}

/** A locked image is free to annotate, with the label it has. */
export async function endWaiting(trx: Transaction<Tables>, image: ImageRow): Promise<void> {
  if (image.state === 'NORMAL' && image.problem === null) return
  await trx
    .updateTable('images')
    .set({ state: 'NORMAL', problem: null, updated_at: sql`clock_timestamp()` })
    .where('id', '=', image.id)
    .execute()
}

async function labelWithGuess(trx: Transaction<Tables>, image: ImageRow, guess: Guess): Promise<void> {
  const revision = image.label_revision + 1
  const author = { kind: 'model', modelVersionId: guess.modelVersionId } as const
  await insertRevisions(trx, [
    { imageId: image.id, revision, class_scheme: guess.classScheme, data: guess.data, author },
  ])
  await trx
    .updateTable('images')
    .set({
      state: 'NORMAL',
      problem: null,
      label_revision: revision,
      class_scheme: guess.classScheme,
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
