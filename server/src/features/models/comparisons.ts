import {
  AppError,
  type Comparison,
  type ComparisonId,
  type ComparisonResult,
  type ModelVersionId,
  type ProjectId,
} from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ComparisonRow, ModelVersionRow, ProjectRow, Tables } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import type { JobHandler } from '../../jobs/jobs.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { findHeldOutImages } from './held-out.queries.ts'
import { askModel, compareAnswers, readHeldOut } from './measure-models.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'pictures' | 'openJudge'>

/** Keeps the comparison that the gate made. */
export async function insertComparison(
  trx: Transaction<Tables>,
  made: { projectId: ProjectId; firstId: ModelVersionId; secondId: ModelVersionId; result: ComparisonResult },
): Promise<ComparisonId> {
  const id = newId<ComparisonId>()
  const models = { project_id: made.projectId, first_id: made.firstId, second_id: made.secondId }
  await trx
    .insertInto('comparisons')
    .values({ id, ...models, state: 'done', result: json(made.result), error: null })
    .execute()
  return id
}

/** Asks for a comparison. Throws NOT_FOUND for a version of another project, MODEL_UNUSABLE for one that cannot answer. */
export async function askComparison(
  { db, jobs }: Pick<Context, 'db' | 'jobs'>,
  project: ProjectRow,
  { firstId, secondId }: { firstId: ModelVersionId; secondId: ModelVersionId },
): Promise<Comparison> {
  await requireVersion(db, project, firstId)
  await requireVersion(db, project, secondId)
  const id = newId<ComparisonId>()
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('comparisons')
      .values({ id, project_id: project.id, first_id: firstId, second_id: secondId, ...OPEN })
      .returningAll()
      .executeTakeFirstOrThrow()
    await jobs.enqueue(trx, 'compare-models', { comparisonId: id }, { key: id })
    return presentComparison(row)
  })
}

const OPEN = { state: 'pending', result: null, error: null } as const

export function compareModelsHandler(parts: Parts): JobHandler<'compare-models'> {
  return async ({ payload: { comparisonId }, signal, isLastTry }) => {
    const { db } = parts
    const row = await db.selectFrom('comparisons').selectAll().where('id', '=', comparisonId).executeTakeFirst()
    if (row?.state !== 'pending') return
    try {
      const result = await compare(parts, row, signal)
      await db
        .updateTable('comparisons')
        .set({ state: 'done', result: json(result) })
        .where('id', '=', comparisonId)
        .execute()
    } catch (error) {
      const isFinal = error instanceof AppError || isLastTry
      if (signal.aborted || !isFinal) throw error
      const told = error instanceof AppError ? error : new AppError('INTERNAL', 'The comparison could not be made.')
      await db
        .updateTable('comparisons')
        .set({ state: 'failed', error: json({ code: told.code, message: told.message }) })
        .where('id', '=', comparisonId)
        .execute()
    }
  }
}

async function compare(parts: Parts, row: ComparisonRow, signal: AbortSignal): Promise<ComparisonResult> {
  const { db, storage } = parts
  const project = await db.selectFrom('projects').selectAll().where('id', '=', row.project_id).executeTakeFirstOrThrow()
  const held = await readHeldOut(db, project, await findHeldOutImages(db, project))
  const images = held.map(({ image }) => image)
  const judge = parts.openJudge()
  try {
    const ask = async (id: ModelVersionId) => {
      const model = await findModel(db, id)
      if (!model) throw new AppError('NOT_FOUND', 'A version of the comparison was removed.')
      return askModel(
        parts,
        judge,
        { file: await storage.localFile(model.uri), project, classScheme: model.class_scheme },
        { images, signal },
      )
    }
    const first = await ask(row.first_id)
    return compareAnswers(project, held, { first, second: await ask(row.second_id) })
  } finally {
    await judge.close()
  }
}

export function presentComparison(row: ComparisonRow): Comparison {
  return {
    id: row.id,
    projectId: row.project_id,
    firstId: row.first_id,
    secondId: row.second_id,
    state: row.state,
    result: row.result,
    error: row.error,
    createdAt: row.created_at.toISOString(),
  }
}

async function requireVersion(db: Db, project: ProjectRow, id: ModelVersionId): Promise<ModelVersionRow> {
  const model = await findModel(db, id)
  if (model?.project_id !== project.id) throw new AppError('NOT_FOUND', 'There is no such model version.')
  if (model.imported?.canPredict === false) {
    throw new AppError('MODEL_UNUSABLE', 'This model answers other classes. Train on from it first.')
  }
  return model
}
