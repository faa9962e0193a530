import type { ClassMap, ProjectId, SavedFilterId } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { Tables } from '../../db/tables.ts'

const PARAMETER = 'class'

/** Saved filters of a project that look for a class, and its place. */
export async function readClassFilters(
  db: Db,
  projectId: ProjectId,
): Promise<{ id: SavedFilterId; query: URLSearchParams; place: number }[]> {
  const rows = await db
    .selectFrom('saved_filters')
    .select(['id', 'query'])
    .where('project_id', '=', projectId)
    .where('query', 'like', `%${PARAMETER}=%`)
    .execute()
  return rows.flatMap(({ id, query: text }) => {
    const query = new URLSearchParams(text)
    const place = query.get(PARAMETER)
    return place !== null && /^\d+$/.test(place) ? [{ id, query, place: Number(place) }] : []
  })
}

/** They go on looking for the same class; one that is gone is looked for no more. */
export async function moveClassFilters(trx: Transaction<Tables>, projectId: ProjectId, to: ClassMap): Promise<void> {
  for (const { id, query, place } of await readClassFilters(trx, projectId)) {
    const now = to[place] ?? null
    if (now === place) continue
    if (now === null) query.delete(PARAMETER)
    else query.set(PARAMETER, String(now))
    await trx.updateTable('saved_filters').set({ query: query.toString() }).where('id', '=', id).execute()
  }
}
