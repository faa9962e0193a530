import type { ClassEdit, ClassEditId, ImageId, ProjectId } from '@vesalius/contracts'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ClassEditImagesTable } from '../../db/tables/projects.ts'
import type { ClassEditRow, ProjectRow } from '../../db/tables.ts'

const MOST_LISTED = 50

export async function findEdits(db: Db, projectId: ProjectId): Promise<ClassEditRow[]> {
  return db
    .selectFrom('class_edits')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('scheme', 'desc')
    .limit(MOST_LISTED)
    .execute()
}

export async function findEdit(db: Db, id: ClassEditId): Promise<ClassEditRow | undefined> {
  return db.selectFrom('class_edits').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Edits that a process left on the way, or could not end. */
export async function findOpenEdits(db: Db): Promise<ClassEditId[]> {
  const rows = await db.selectFrom('class_edits').select('id').where('state', '<>', 'done').execute()
  return rows.map((row) => row.id)
}

type Change = Partial<Pick<ClassEditRow, 'state' | 'done' | 'total' | 'changed' | 'problem'>>

export async function changeEdit(db: Db, id: ClassEditId, { problem, ...change }: Change): Promise<void> {
  const isEnd = change.state !== undefined && change.state !== 'running'
  await db
    .updateTable('class_edits')
    .set({
      ...change,
      ...(problem === undefined ? {} : { problem: problem && json(problem) }),
      ...(isEnd ? { finished_at: sql`clock_timestamp()` } : {}),
    })
    .where('id', '=', id)
    .execute()
}

/** Images of a project that a class scheme has not reached, the bin included, in the order of ids. */
export async function findBehind(
  db: Db,
  { projectId, scheme, after, limit }: { projectId: ProjectId; scheme: number; after: ImageId | null; limit: number },
): Promise<ImageId[]> {
  let query = db
    .selectFrom('images')
    .select('id')
    .where('project_id', '=', projectId)
    .where('class_scheme', '<', scheme)
    .orderBy('id')
    .limit(limit)
  if (after) query = query.where('id', '>', after)
  return (await query.execute()).map((row) => row.id)
}

export async function countAll(db: Db, projectId: ProjectId): Promise<number> {
  const { count } = await db
    .selectFrom('images')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow()
  return count
}

export async function countChanged(db: Db, id: ClassEditId): Promise<number> {
  const { count } = await db
    .selectFrom('class_edit_images')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('edit_id', '=', id)
    .executeTakeFirstOrThrow()
  return count
}

export async function findChange(
  db: Db,
  id: ClassEditId,
  imageId: ImageId,
): Promise<Selectable<ClassEditImagesTable> | undefined> {
  return db
    .selectFrom('class_edit_images')
    .selectAll()
    .where('edit_id', '=', id)
    .where('image_id', '=', imageId)
    .executeTakeFirst()
}

/** Places of now that labels, readings or references of the project may use; of the latter all, where there are any. */
export async function findUsedPlaces(db: Db, project: ProjectRow): Promise<Set<number>> {
  const all = project.classes.map((_, place) => place)
  for (const table of ['gold_labels', 'readings'] as const) {
    const some = await db.selectFrom(table).select('image_id').where('project_id', '=', project.id).limit(1).execute()
    if (some.length > 0) return new Set(all)
  }
  const used = new Set<number>()
  for (const place of all) {
    const some = await db
      .selectFrom('images')
      .select('id')
      .where('project_id', '=', project.id)
      .where(sql<boolean>`label_classes @> ARRAY[${place}]::integer[]`)
      .limit(1)
      .execute()
    if (some.length > 0) used.add(place)
  }
  return used
}

export function presentEdit(
  row: ClassEditRow,
  { authorName, newest }: { authorName: string | null; newest: number },
): ClassEdit {
  return {
    id: row.id,
    projectId: row.project_id,
    scheme: row.scheme,
    before: row.before,
    after: row.after,
    state: row.state,
    done: row.done,
    total: row.total,
    changed: row.changed,
    authorName,
    undoes: row.undoes,
    canUndo: row.state === 'done' && row.scheme === newest,
    problem: row.problem,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
