import { AppError, type ProjectId, type SavedFilter, type SavedFilterId, type UserId } from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { SavedFiltersTable } from '../../db/tables/projects.ts'
import { newId } from '../../ids.ts'

const MAXIMUM_FILTERS = 50

interface Owner {
  userId: UserId
  projectId: ProjectId
}

export async function listFilters(db: Db, { userId, projectId }: Owner): Promise<SavedFilter[]> {
  const rows = await db
    .selectFrom('saved_filters')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('user_id', '=', userId)
    .orderBy('name')
    .execute()
  return rows.map(present)
}

/** One of the same name is replaced. Throws CONFLICT beyond 50 of a project. */
export async function saveFilter(
  db: Db,
  { userId, projectId }: Owner,
  { name, query }: { name: string; query: string },
): Promise<SavedFilter> {
  const known = await listFilters(db, { userId, projectId })
  if (known.length >= MAXIMUM_FILTERS && !known.some((filter) => filter.name === name)) {
    throw new AppError('CONFLICT', `A project keeps at most ${MAXIMUM_FILTERS} filters of a person.`)
  }
  const row = await db
    .insertInto('saved_filters')
    .values({ id: newId<SavedFilterId>(), user_id: userId, project_id: projectId, name, query })
    .onConflict((conflict) => conflict.columns(['project_id', 'user_id', 'name']).doUpdateSet({ query }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return present(row)
}

export async function deleteFilter(db: Db, { userId, projectId }: Owner, filterId: SavedFilterId): Promise<void> {
  const removed = await db
    .deleteFrom('saved_filters')
    .where('id', '=', filterId)
    .where('project_id', '=', projectId)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst()
  if (!removed) throw new AppError('NOT_FOUND', 'There is no such filter.')
}

function present(row: Selectable<SavedFiltersTable>): SavedFilter {
  return { id: row.id, name: row.name, query: row.query, createdAt: row.created_at.toISOString() }
}
