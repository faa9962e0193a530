import type { ImageId, ProjectId } from '@vesalius/contracts'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { DicomInstancesTable, DicomJson } from '../../db/tables/dicom.ts'
import type { ImageRow } from '../../db/tables.ts'
import type { SearchQuery } from './search-query.ts'

type Page = Pick<SearchQuery, 'conditions' | 'limit' | 'offset'>

/** Rows of images outside of the bin whose files name their study, series and instance. */
const shown = (db: Db, projectId: ProjectId) =>
  db
    .selectFrom('dicom_instances')
    .innerJoin('images', 'images.id', 'dicom_instances.image_id')
    .where('dicom_instances.project_id', '=', projectId)
    .where('dicom_instances.study_uid', 'is not', null)
    .where('images.state', '<>', 'DELETED')

const matching = (db: Db, projectId: ProjectId, conditions: Page['conditions']) =>
  conditions.reduce((query, condition) => query.where(condition), shown(db, projectId))

export interface FoundStudy {
  studyUid: string
  modalities: string[]
  series: number
  instances: number
  attributes: DicomJson
}

/** Studies with an instance that fits, newest first. Counts are of the whole study. */
export async function findStudies(db: Db, projectId: ProjectId, page: Page): Promise<FoundStudy[]> {
  const uids = matching(db, projectId, page.conditions).select('dicom_instances.study_uid')
  const found = await shown(db, projectId)
    .where('dicom_instances.study_uid', 'in', uids)
    .select([
      'dicom_instances.study_uid as studyUid',
      sql<ImageId>`min(dicom_instances.image_id)`.as('firstId'),
      sql<number>`count(DISTINCT dicom_instances.series_uid)::int`.as('series'),
      sql<number>`count(DISTINCT dicom_instances.instance_uid)::int`.as('instances'),
      sql<
        string[]
      >`coalesce(array_agg(DISTINCT dicom_instances.modality) FILTER (WHERE dicom_instances.modality IS NOT NULL), '{}')`.as(
        'modalities',
      ),
    ])
    .groupBy('dicom_instances.study_uid')
    .orderBy(sql`max(dicom_instances.study_date)`, (order) => order.desc().nullsLast())
    .orderBy('dicom_instances.study_uid')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return withAttributes(db, found) as Promise<FoundStudy[]>
}

export interface FoundSeries {
  studyUid: string
  seriesUid: string
  instances: number
  attributes: DicomJson
}

export async function findSeries(db: Db, projectId: ProjectId, page: Page): Promise<FoundSeries[]> {
  const found = await matching(db, projectId, page.conditions)
    .select([
      'dicom_instances.study_uid as studyUid',
      'dicom_instances.series_uid as seriesUid',
      sql<ImageId>`min(dicom_instances.image_id)`.as('firstId'),
      sql<number>`count(DISTINCT dicom_instances.instance_uid)::int`.as('instances'),
    ])
    .groupBy(['dicom_instances.study_uid', 'dicom_instances.series_uid'])
    .orderBy('dicom_instances.study_uid')
    .orderBy(sql`min((dicom_instances.attributes -> '00200011' -> 'Value' ->> 0))`)
    .orderBy('dicom_instances.series_uid')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return withAttributes(db, found) as Promise<FoundSeries[]>
}

async function withAttributes<Row extends { firstId: ImageId }>(db: Db, rows: Row[]) {
  if (rows.length === 0) return []
  const firsts = await db
    .selectFrom('dicom_instances')
    .select(['image_id', 'attributes'])
    .where(
      'image_id',
      'in',
      rows.map(({ firstId }) => firstId),
    )
    .execute()
  const known = new Map(firsts.map(({ image_id, attributes }) => [image_id, attributes]))
  return rows.map(({ firstId, ...row }) => ({ ...row, attributes: known.get(firstId) ?? {} }))
}

export type FoundInstance = Pick<Selectable<DicomInstancesTable>, 'attributes'> & {
  studyUid: string
  seriesUid: string
  instanceUid: string
  image: Pick<
    ImageRow,
    'id' | 'uri' | 'type' | 'width' | 'height' | 'frames' | 'content_hash' | 'byte_size' | 'deidentification'
  >
}

/** Instances in the order of their series; of several images of one file the first. */
export async function findInstances(db: Db, projectId: ProjectId, page: Page): Promise<FoundInstance[]> {
  const first = matching(db, projectId, page.conditions)
    .distinctOn(['dicom_instances.study_uid', 'dicom_instances.series_uid', 'dicom_instances.instance_uid'])
    .select([
      ...(['images.id', 'images.uri', 'images.type', 'images.width', 'images.height', 'images.frames'] as const),
      ...(['images.content_hash', 'images.byte_size', 'images.deidentification'] as const),
      ...(['dicom_instances.attributes', 'dicom_instances.study_uid', 'dicom_instances.series_uid'] as const),
      'dicom_instances.instance_uid',
      // What stands there may be anything.
      sql<number | null>`CASE WHEN dicom_instances.attributes -> '00200013' -> 'Value' ->> 0 ~ '^-?[0-9]{1,9}$'
        THEN (dicom_instances.attributes -> '00200013' -> 'Value' ->> 0)::int END`.as('number'),
    ])
    .orderBy('dicom_instances.study_uid')
    .orderBy('dicom_instances.series_uid')
    .orderBy('dicom_instances.instance_uid')
    .orderBy('images.id')
    .as('found')
  const rows = await db
    .selectFrom(first)
    .selectAll()
    .orderBy('study_uid')
    .orderBy('series_uid')
    .orderBy('number', (order) => order.asc().nullsLast())
    .orderBy('instance_uid')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map(({ attributes, study_uid, series_uid, instance_uid, number: _, ...image }) => ({
    ...{ attributes, image },
    ...{ studyUid: study_uid ?? '', seriesUid: series_uid ?? '', instanceUid: instance_uid ?? '' },
  }))
}

/** Conditions that name a study, a series of it, an instance of that. */
export function within(uids: { studyUid?: string; seriesUid?: string; instanceUid?: string }): Page['conditions'] {
  const { studyUid, seriesUid, instanceUid } = uids
  return [
    ...(studyUid ? [sql<boolean>`dicom_instances.study_uid = ${studyUid}`] : []),
    ...(seriesUid ? [sql<boolean>`dicom_instances.series_uid = ${seriesUid}`] : []),
    ...(instanceUid ? [sql<boolean>`dicom_instances.instance_uid = ${instanceUid}`] : []),
  ]
}
