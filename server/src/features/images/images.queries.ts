import {
  type ImageId,
  type ImageOrder,
  type ImageState,
  isClassification,
  type ProjectId,
  type ReviewState,
  type SkipReason,
  type UserId,
} from '@vesalius/contracts'
import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import { integers } from '../../db/json.ts'
import type { ImageRow, ProjectRow, Tables } from '../../db/tables.ts'
import { earliestIdAt } from '../../ids.ts'
import type { ImageCursor } from './image-cursor.ts'

export async function findImage(db: Db, imageId: ImageId): Promise<ImageRow | undefined> {
  return db.selectFrom('images').selectAll().where('id', '=', imageId).executeTakeFirst()
}

/** Holds the row until the transaction ends, so that changes of one image come one after another. */
export async function lockImage(trx: Transaction<Tables>, imageId: ImageId): Promise<ImageRow | undefined> {
  return trx.selectFrom('images').selectAll().where('id', '=', imageId).forUpdate().executeTakeFirst()
}

export interface ImageFilter {
  projectId: ProjectId
  state?: ImageState | undefined
  annotated?: boolean | undefined
  /** The answer of a classification. */
  value?: SoughtClass | undefined
  /** A class that the label uses, whatever its kind. */
  uses?: SoughtClass | undefined
  /** Part of the name, whatever its case. */
  text?: string | undefined
  skipped?: boolean | undefined
  skipReason?: SkipReason | undefined
  /** Whether the pixels may hold text. */
  burnedIn?: boolean | undefined
  scoreFrom?: number | undefined
  scoreTo?: number | undefined
  annotatedBy?: UserId | undefined
  review?: ReviewState | undefined
  reviewedBy?: UserId | undefined
  from?: string | undefined
  to?: string | undefined
  /** More conditions on the table `images`. */
  only?: readonly RawBuilder<SqlBool>[]
  /** Only images shared with this person. */
  sharedWith?: UserId | undefined
  order: ImageOrder
  after: ImageCursor | null
  limit: number
}

/** States are written out, not sent as parameters, so that the planner can use the partial indexes. */
const IN_STATE: Readonly<Record<ImageState, string>> = {
  TO_LABEL: `state = 'TO_LABEL' AND state <> 'DELETED'`,
  NORMAL: `state = 'NORMAL' AND state <> 'DELETED'`,
  FROZEN: `state = 'FROZEN' AND state <> 'DELETED'`,
  DELETED: `state = 'DELETED'`,
}

/** As the partial index has it. */
const BURNED_IN = `coalesce(deidentification ->> 'burnedInText', '') IN ('yes', 'suspected')`

export async function findImages(db: Db, filter: ImageFilter): Promise<ImageRow[]> {
  const { text, order, limit } = filter
  const query = inOrder(matching(db, filter), order)
  if (text === undefined) return query.limit(limit).execute()
  const near = await inOrder(db.selectFrom(query.limit(NEAR).as('images')).selectAll().where(holdsText(text)), order)
    .limit(limit)
    .execute()
  if (near.length >= limit) return near
  return inOrder(matching(db, filter).where(holdsParts(text)).where(holdsText(text)), order)
    .limit(limit)
    .execute()
}

/**
 * A text that many names hold is found among so many next images; one that few hold, by the index. A planner that
 * does not know which of both it is reads and sorts hundreds of thousands of rows.
 */
const NEAR = 8000

/** What the filter narrows to, but for the name. */
function matching(db: Db, filter: ImageFilter) {
  const state = filter.state ? IN_STATE[filter.state] : `state <> 'DELETED'`
  let query = db
    .selectFrom('images')
    .selectAll()
    .where('project_id', '=', filter.projectId)
    .where(sql.raw<SqlBool>(state))
  if (filter.annotated !== undefined) query = query.where('annotated_at', filter.annotated ? 'is not' : 'is', null)
  if (filter.value !== undefined) query = query.where(hasValue(filter.value))
  if (filter.uses !== undefined) query = query.where(usesClass(filter.uses))
  if (filter.skipped !== undefined) query = query.where('skip', filter.skipped ? 'is not' : 'is', null)
  if (filter.skipReason !== undefined) query = query.where(sql`skip ->> 'reason'`, '=', filter.skipReason)
  if (filter.burnedIn !== undefined)
    query = query.where(sql.raw<SqlBool>(filter.burnedIn ? BURNED_IN : `NOT (${BURNED_IN})`))
  if (filter.scoreFrom !== undefined) query = query.where('guess_score', '>=', filter.scoreFrom)
  if (filter.scoreTo !== undefined) query = query.where('guess_score', '<=', filter.scoreTo)
  if (filter.annotatedBy !== undefined) query = query.where('annotated_by', '=', filter.annotatedBy)
  if (filter.review !== undefined) query = query.where('review', '=', filter.review)
  if (filter.reviewedBy !== undefined) query = query.where('reviewed_by', '=', filter.reviewedBy)
  if (filter.from !== undefined) query = query.where(isSince(new Date(filter.from)))
  if (filter.to !== undefined) query = query.where(isBefore(new Date(filter.to)))
  if (filter.sharedWith !== undefined) query = query.where(isSharedWith(filter.sharedWith))
  for (const condition of filter.only ?? []) query = query.where(condition)
  return filter.after ? query.where(isAfter(filter.after)) : query
}

/** A class to look for; while a change of classes is carried into the images, also where it was before. */
export interface SoughtClass {
  now: number
  carried: { scheme: number; before: number[] } | null
}

/** What a filter by a class looks for: its answer where images have one class, its marks elsewhere. */
export function ofClass(
  project: Pick<ProjectRow, 'task_type' | 'class_pending' | 'class_history'>,
  place: number | undefined,
): { value?: SoughtClass; uses?: SoughtClass } {
  if (place === undefined) return {}
  const scheme = project.class_pending
  const before = project.class_history[(scheme ?? 0) - 1]?.to.flatMap((now, was) => (now === place ? [was] : []))
  const sought = { now: place, carried: scheme === null ? null : { scheme, before: before ?? [] } }
  return isClassification(project.task_type) ? { value: sought } : { uses: sought }
}

function hasValue({ now, carried }: SoughtClass) {
  if (!carried) return sql<SqlBool>`label_value = ${now}`
  const { scheme, before } = carried
  return sql<SqlBool>`CASE WHEN class_scheme >= ${scheme} THEN label_value = ${now}
    ELSE label_value = ANY (${integers(before)}) END`
}

function usesClass({ now, carried }: SoughtClass) {
  if (!carried) return sql<SqlBool>`label_classes @> ${integers([now])}`
  const { scheme, before } = carried
  return sql<SqlBool>`CASE WHEN class_scheme >= ${scheme} THEN label_classes @> ${integers([now])}
    ELSE label_classes && ${integers(before)} END`
}

function inOrder<Answer>(query: SelectQueryBuilder<Tables, 'images', Answer>, order: ImageOrder) {
  switch (order) {
    case 'newest':
      return query.orderBy('id', 'desc')
    case 'oldest':
      return query.orderBy('id')
    case 'name':
      return query.orderBy('name').orderBy('id')
    case 'group':
      return query.orderBy(GROUP).orderBy('id')
    case 'uncertain':
      return query.orderBy('uncertainty', 'desc').orderBy('id', 'desc')
    case 'next':
      return query.orderBy('queue_rank', 'desc').orderBy('id', 'desc')
  }
}

const DAY_MS = 86_400_000

/** Ids sort by time, so that a list in their order begins where it should; a clock may have been put right meanwhile. */
function isSince(moment: Date) {
  const id = earliestIdAt(new Date(moment.getTime() - DAY_MS))
  return sql<SqlBool>`id >= ${id} AND created_at >= ${moment}`
}

function isBefore(moment: Date) {
  const id = earliestIdAt(new Date(moment.getTime() + DAY_MS))
  return sql<SqlBool>`id < ${id} AND created_at < ${moment}`
}

/** As the index has it; images of no group come first. */
const GROUP = sql<string>`coalesce(group_key, '')`

const ENDING = /(?<=..)\.[a-z]{2,4}$/i

function holdsText(text: string) {
  return sql<SqlBool>`name ILIKE ${`%${escapePattern(text)}%`}`
}

/** True of the names that hold the text, and of some others: what an index can tell. */
function holdsParts(text: string) {
  // Nearly every name has the ending, so its parts cost much and leave out nothing.
  const telling = text.replace(ENDING, '.')
  return [...telling].length < 3
    ? sql<SqlBool>`text_pairs(name) @> text_pairs(${telling}::text)`
    : sql<SqlBool>`text_triples(name) @> text_triples(${telling}::text)`
}

/** For a query of the table `images`. */
export function isSharedWith(userId: UserId) {
  return sql<SqlBool>`EXISTS (
    SELECT 1 FROM shared_images WHERE shared_images.image_id = images.id AND shared_images.user_id = ${userId})`
}

/** Text as itself in a LIKE pattern. */
export function escapePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function isAfter(cursor: ImageCursor) {
  switch (cursor.order) {
    case 'newest':
      return sql<SqlBool>`id < ${cursor.id}`
    case 'oldest':
      return sql<SqlBool>`id > ${cursor.id}`
    case 'name':
      return sql<SqlBool>`(name, id) > ((SELECT name FROM images WHERE id = ${cursor.id}), ${cursor.id})`
    case 'group':
      return sql<SqlBool>`(${GROUP}, id) > ((SELECT ${GROUP} FROM images WHERE id = ${cursor.id}), ${cursor.id})`
    case 'uncertain':
      return sql<SqlBool>`(uncertainty, id) < (${cursor.uncertainty}::double precision, ${cursor.id})`
    case 'next':
      return sql<SqlBool>`(queue_rank, id) < (${cursor.rank}::double precision, ${cursor.id})`
  }
}
