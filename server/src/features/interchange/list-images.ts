import type { Export, ImageId, LabelAuthor, LabelData, ProjectId } from '@vesalius/contracts'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { Schemed } from '../classes/class-schemes.ts'
import { findImages, type ImageFilter, ofClass } from '../images/images.queries.ts'

const PAGE = 500

type Filter = Export['filter']

/** All images a filter finds, oldest first, page by page. */
export async function* findFiltered(db: Db, project: ProjectRow, filter: Filter): AsyncGenerator<ImageRow[]> {
  const { class: index, imageIds, ...rest } = filter
  const narrowed = { ...rest, ...ofClass(project, index), projectId: project.id }
  if (imageIds) return yield* findChosen(db, narrowed, imageIds)
  let last: ImageRow | undefined
  for (;;) {
    const page: ImageRow[] = await findImages(db, {
      ...narrowed,
      order: 'oldest',
      after: last ? { order: 'oldest', id: last.id } : null,
      limit: PAGE,
    })
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    last = page.at(-1)
  }
}

/** Ids sort by time. */
async function* findChosen(
  db: Db,
  narrowed: Omit<ImageFilter, 'order' | 'after' | 'limit'>,
  imageIds: readonly ImageId[],
): AsyncGenerator<ImageRow[]> {
  const ids = [...new Set(imageIds)].sort()
  for (let at = 0; at < ids.length; at += PAGE) {
    const only = [sql<SqlBool>`id IN (${sql.join(ids.slice(at, at + PAGE))})`]
    const page = await findImages(db, { ...narrowed, only, order: 'oldest', after: null, limit: PAGE })
    if (page.length > 0) yield page
  }
}

export async function findByIds(db: Db, ids: readonly ImageId[]): Promise<Map<ImageId, ImageRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('images')
    .selectAll()
    .where('id', 'in', ids)
    .where('state', '<>', 'DELETED')
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export interface CurrentLabel {
  revision: number
  data: LabelData
  class_scheme: number
  author: LabelAuthor
}

/** The labels that images have now, by image. */
export async function findLabels(db: Db, imageIds: readonly ImageId[]): Promise<Map<ImageId, CurrentLabel>> {
  if (imageIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('label_revisions')
    .innerJoin('images', (join) =>
      join
        .onRef('images.id', '=', 'label_revisions.image_id')
        .onRef('images.label_revision', '=', 'label_revisions.revision'),
    )
    .select(['images.id', 'label_revisions.revision', 'label_revisions.data', 'label_revisions.author'])
    .select('label_revisions.class_scheme')
    .where('images.id', 'in', imageIds)
    .execute()
  return new Map(rows.map(({ id, ...label }) => [id, label]))
}

/** What the model each image was last looked at by said of it, by image. */
export async function findGuesses(db: Db, imageIds: readonly ImageId[]): Promise<Map<ImageId, Schemed>> {
  if (imageIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('predictions')
    .innerJoin('images', (join) =>
      join
        .onRef('images.id', '=', 'predictions.image_id')
        .onRef('images.guess_model_id', '=', 'predictions.model_version_id'),
    )
    .select(['images.id', 'predictions.data', 'predictions.class_scheme'])
    .where('images.id', 'in', imageIds)
    .execute()
  return new Map(rows.map(({ id, ...said }) => [id, said]))
}

export type NamedImage = Pick<
  ImageRow,
  'id' | 'name' | 'uri' | 'type' | 'width' | 'height' | 'frames' | 'spacing' | 'state' | 'annotated_at'
>

/** What an import has to know of the images outside of the bin, oldest first. */
export async function findNamedImages(db: Db, projectId: ProjectId): Promise<NamedImage[]> {
  return db
    .selectFrom('images')
    .select(['id', 'name', 'uri', 'type', 'width', 'height', 'frames', 'spacing', 'state', 'annotated_at'])
    .where('project_id', '=', projectId)
    .where('state', '<>', 'DELETED')
    .orderBy('id')
    .execute()
}
