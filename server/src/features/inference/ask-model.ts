import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, type UserId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ModelVersionRow, ProjectRow } from '../../db/tables.ts'
import { SNIFF_BYTES, sniffFormat } from '../ingest/sniff-format.ts'
import { type Guess, toGuess } from '../predictions/guess.ts'

export type AskParts = Pick<Context, 'db' | 'storage' | 'pictures' | 'predictor'>

/** What one model says of one picture that is not kept here. */
export interface Seen {
  guess: Guess
  width: number
  height: number
}

/** Of one account at a time: the model serves people first. */
const MOST_AT_ONCE = 2

/** The version that serves, or the one of a number. Throws NO_MODEL, NOT_FOUND. */
export async function findAskedModel(db: Db, project: ProjectRow, number: number | null): Promise<ModelVersionRow> {
  const query = db.selectFrom('model_versions').selectAll().where('project_id', '=', project.id)
  if (number === null) {
    const serving = project.serving_model_id
      ? await query.where('id', '=', project.serving_model_id).executeTakeFirst()
      : undefined
    if (!serving) throw new AppError('NO_MODEL', 'No model serves in this project yet.')
    return serving
  }
  const model = await query.where('number', '=', number).executeTakeFirst()
  if (!model || model.imported?.canPredict === false) {
    throw new AppError('NOT_FOUND', 'The project has no version of this number that answers.')
  }
  return model
}

/** Asks models about pictures of others, few at once of each account, each decoded whole within bounds before. */
export function createAsker({ storage, pictures, predictor }: AskParts) {
  const busy = new Map<UserId, number>()

  const ask = async (project: ProjectRow, model: ModelVersionRow, bytes: Uint8Array): Promise<Seen> => {
    const format = sniffFormat(Buffer.from(bytes.subarray(0, SNIFF_BYTES)))
    const file = join(storage.scratchDirectory, `${randomUUID()}.${format}`)
    try {
      await writeFile(file, bytes, { flag: 'wx', mode: 0o600 })
      const { facts } = await pictures.inspect({ file, format, deidentifies: false })
      const modelFile = await storage.localFile(model.uri)
      const [answer] = await predictor.predict(modelFile, [file]).catch((cause: unknown) => {
        throw new AppError('MODEL_UNUSABLE', 'The model does not answer.', {}, { cause })
      })
      if (!answer || 'error' in answer) throw new AppError('FILE_DAMAGED', answer?.error ?? 'The model did not answer.')
      return { guess: toGuess(project, facts, model, answer), width: facts.width, height: facts.height }
    } finally {
      await rm(file, { force: true })
    }
  }

  return {
    /** Throws TOO_MANY_REQUESTS, MODEL_UNUSABLE, FILE_* for pictures that cannot be read. */
    async ask(
      userId: UserId,
      project: ProjectRow,
      model: ModelVersionRow,
      files: readonly Uint8Array[],
    ): Promise<Seen[]> {
      const now = busy.get(userId) ?? 0
      if (now >= MOST_AT_ONCE) {
        throw new AppError('TOO_MANY_REQUESTS', 'The model still looks at what you asked before. Wait for its answer.')
      }
      busy.set(userId, now + 1)
      try {
        const seen: Seen[] = []
        for (const bytes of files) seen.push(await ask(project, model, bytes))
        return seen
      } finally {
        const left = (busy.get(userId) ?? 1) - 1
        if (left > 0) busy.set(userId, left)
        else busy.delete(userId)
      }
    },
  }
}

export type Asker = ReturnType<typeof createAsker>
