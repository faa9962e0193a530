import {
  AppError,
  type DuplicateChoice,
  type ImageId,
  type Import,
  type ImportId,
  type ImportItemState,
  type ImportKind,
} from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { DicomImport } from '../../db/tables/exchange.ts'
import type { ImportRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { asProblem, type IngestParts } from '../ingest/take-file.ts'
import { requireProject } from '../projects/access.ts'
import { copyImage } from '../sharing/copy-image.ts'
import { findImport, findItems, presentImport } from './imports.queries.ts'

type Db = Context['db']

export interface NewImport {
  id: ImportId
  user: SignedIn
  project: ProjectRow
  kind: ImportKind
  source: string
  duplicates: DuplicateChoice | undefined
  /** Of `dicomweb`: what is fetched. */
  request?: DicomImport
}

/** What was staged or named becomes an import; row and job commit together. */
export async function acceptImport(
  { db, jobs, events }: Pick<Context, 'db' | 'jobs' | 'events'>,
  { id, user, project, kind, source, duplicates, request }: NewImport,
): Promise<Import> {
  const row = await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('imports')
      .values({
        id,
        project_id: project.id,
        created_by: user.id,
        kind,
        source,
        request: request ? json(request) : null,
        duplicates: duplicates ?? project.duplicates,
        state: 'pending',
        total: null,
        error: null,
        started_at: null,
        finished_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await jobs.enqueue(trx, 'import-images', { importId: id }, { key: id })
    return made
  })
  const made = presentImport(row)
  events.publish(project.id, { kind: 'import', import: made })
  return made
}

/** Throws NOT_FOUND when it is missing or belongs to a project the caller may not use. */
export async function requireImport(db: Db, user: SignedIn, id: ImportId): Promise<ImportRow> {
  const row = await findImport(db, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such import, or you may not see it.')
  await requireProject(db, user, row.project_id, 'manage')
  return row
}

export async function listItems(
  db: Db,
  row: ImportRow,
  { state, cursor, limit }: { state?: ImportItemState | undefined; cursor?: string | undefined; limit: number },
) {
  const after = cursor === undefined ? -1 : Number(cursor)
  if (!Number.isInteger(after)) throw new AppError('VALIDATION_FAILED', 'The cursor is none of this list.')
  const items = await findItems(db, row.id, { state, after, limit: limit + 1 })
  const page = items.slice(0, limit)
  return { items: page, nextCursor: items.length > limit ? String(page.at(-1)?.position) : null }
}

/** One that has not begun ends at once; one under way ends after the files it holds. */
export async function cancelImport({ db, events }: Pick<Context, 'db' | 'events'>, row: ImportRow): Promise<Import> {
  const changed = await db
    .updateTable('imports')
    .set({ cancel_requested: true })
    .where('id', '=', row.id)
    .where('state', 'in', ['pending', 'running'])
    .returningAll()
    .executeTakeFirst()
  const now = presentImport(changed ?? row)
  if (changed) events.publish(row.project_id, { kind: 'import', import: now })
  return now
}

const COPIES_AT_ONCE = 500

/** Some of what was left out as a duplicate becomes copies; `left` says how much waits for the next call. */
export async function copyDuplicates(
  parts: IngestParts,
  user: SignedIn,
  row: ImportRow,
): Promise<{ copied: ImageId[]; left: number }> {
  const { db } = parts
  const project = await requireProject(db, user, row.project_id, 'manage')
  const items = await findItems(db, row.id, { state: 'duplicate', after: -1, limit: COPIES_AT_ONCE })
  const copied: ImageId[] = []
  for (const item of items) {
    const made = await copyImage(parts, user, {
      imageId: item.imageId as ImageId,
      userId: project.owner_id,
      projectId: project.id,
      name: item.path,
    }).catch((error) => ({ error: asProblem(parts, error) }))
    const state = 'id' in made ? 'stored' : 'refused'
    if ('id' in made) copied.push(made.id)
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('import_items')
        .set({ state, image_id: 'id' in made ? made.id : null, ...('id' in made ? { error: null } : {}) })
        .where('import_id', '=', row.id)
        .where('position', '=', item.position)
        .execute()
      await trx
        .updateTable('imports')
        .set((eb) => ({
          duplicate_count: eb('duplicate_count', '-', 1),
          [state]: eb(state, '+', 1),
        }))
        .where('id', '=', row.id)
        .execute()
    })
  }
  const now = await findImport(db, row.id)
  return { copied, left: now?.duplicate_count ?? 0 }
}
