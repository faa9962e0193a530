import { AppError, type ModelVersionId, type ProjectId, type Serving, type UserId } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ModelVersionRow, Tables } from '../../db/tables.ts'
import { nameOf } from '../people/people.queries.ts'

const LIST_LIMIT = 1000

interface Change {
  projectId: ProjectId
  modelVersionId: ModelVersionId
  number: number
  reason: Serving['reason']
  byId: UserId | null
}

/**
 * Lets a version make the first guesses; the one before it retires, and what nobody annotated is looked at again in the
 * background. Nothing is computed here, so that it takes effect at once.
 */
export async function serveModel(
  { jobs }: Pick<Context, 'jobs'>,
  trx: Transaction<Tables>,
  { projectId, modelVersionId, number, reason, byId }: Change,
): Promise<void> {
  // The project's row first: of two promotions at once one waits here for the other.
  await trx.updateTable('projects').set({ serving_model_id: modelVersionId }).where('id', '=', projectId).execute()
  await trx
    .updateTable('model_versions')
    .set({ state: 'retired' })
    .where('project_id', '=', projectId)
    .where('state', '=', 'serving')
    .execute()
  await trx.updateTable('model_versions').set({ state: 'serving' }).where('id', '=', modelVersionId).execute()
  const newest = await trx
    .selectFrom('servings')
    .select((select) => select.fn.max('place').as('place'))
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  const place = (newest?.place ?? 0) + 1
  await trx
    .insertInto('servings')
    .values({ project_id: projectId, place, model_version_id: modelVersionId, number, reason, by_id: byId })
    .execute()
  await jobs.enqueue(trx, 'prelabel-project', { projectId }, { key: projectId })
}

/** Which version served since when, newest first, and the one a roll back would bring back. */
export async function listServings(
  db: Db,
  projectId: ProjectId,
): Promise<{ items: Serving[]; rollbackTo: ModelVersionId | null }> {
  const rows = await findServings(db, projectId)
  const people = rows.flatMap(({ by_id }) => (by_id ? [by_id] : []))
  const names = await nameOf(db, [...new Set(people)])
  return {
    items: rows.map((row) => ({
      modelVersionId: row.model_version_id,
      number: row.number,
      reason: row.reason,
      byName: row.by_id ? (names.get(row.by_id) ?? null) : null,
      since: row.since.toISOString(),
    })),
    rollbackTo: (await findBefore(db, projectId))?.id ?? null,
  }
}

/** Brings the version back that served before. Throws NO_MODEL when there is none. */
export async function rollBack(
  parts: Pick<Context, 'db' | 'jobs'>,
  projectId: ProjectId,
  byId: UserId,
): Promise<ModelVersionRow> {
  return parts.db.transaction().execute(async (trx) => {
    await trx.selectFrom('projects').select('id').where('id', '=', projectId).forUpdate().execute()
    const before = await findBefore(trx, projectId)
    if (!before) throw new AppError('NO_MODEL', 'No other version served before this one.')
    const change = { projectId, modelVersionId: before.id, number: before.number, reason: 'rollback', byId } as const
    await serveModel(parts, trx, change)
    return { ...before, state: 'serving' }
  })
}

/** Promotions pile up, a roll back takes the top off: below it is what served before. Deleted versions are passed by. */
async function findBefore(db: Db, projectId: ProjectId): Promise<ModelVersionRow | undefined> {
  const pile: ModelVersionId[] = []
  for (const row of (await findServings(db, projectId)).reverse()) {
    if (row.reason === 'rollback') while (pile.length > 0 && pile.at(-1) !== row.model_version_id) pile.pop()
    if (pile.at(-1) !== row.model_version_id) pile.push(row.model_version_id)
  }
  const serving = pile.pop()
  for (const id of pile.reverse()) {
    if (id === serving) continue
    const model = await db.selectFrom('model_versions').selectAll().where('id', '=', id).executeTakeFirst()
    if (model) return model
  }
  return undefined
}

async function findServings(db: Db, projectId: ProjectId) {
  return db
    .selectFrom('servings')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('place', 'desc')
    .limit(LIST_LIMIT)
    .execute()
}
