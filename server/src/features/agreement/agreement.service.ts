import type { Agreement, LabelData, UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow, StudyRow } from '../../db/tables.ts'
import { withClasses } from '../classes/class-schemes.ts'
import { nameOf } from '../people/people.queries.ts'
import { findReadings } from '../readings/studies.queries.ts'
import { compareReaders } from './run-agreement.ts'

const MOST_LISTED = 200

/** How far the readers of a study agree on what they have submitted so far. */
export async function readAgreement(db: Db, project: ProjectRow, study: StudyRow): Promise<Agreement> {
  const rows = await findReadings(db, study.id)
  const readerIds = [...new Set(rows.map((row) => row.reader_id))].sort()
  const names = await nameOf(db, readerIds)
  const byImage = Map.groupBy(rows, (row) => row.image_id)
  const images = [...byImage].map(([imageId, readings]) => ({
    imageId,
    name: readings[0]?.name ?? '',
    labels: readerIds.map((reader) => {
      const { data, class_scheme } = readings.find(({ reader_id }) => reader_id === reader) ?? {}
      return data && class_scheme !== undefined ? withClasses(project, { data: data as LabelData, class_scheme }) : null
    }),
  }))
  const {
    measure,
    fleiss,
    pairs,
    scores,
    images: shared,
  } = await compareReaders({
    kind: 'study',
    taskType: project.task_type,
    classes: project.classes.length,
    readers: readerIds.length,
    images: images.map(({ labels }) => ({ labels })),
  })
  const settled = await db.selectFrom('adjudications').select('image_id').where('study_id', '=', study.id).execute()
  const adjudicated = new Set(settled.map((row) => row.image_id))
  const worst = images.flatMap(({ imageId, name, labels }, index) => {
    const score = scores[index] ?? null
    const readers = labels.filter((label) => label !== null).length
    return score === null ? [] : [{ imageId, name, score, readers, isAdjudicated: adjudicated.has(imageId) }]
  })
  return {
    measure,
    fleiss,
    images: shared,
    readers: readerIds.map((id) => ({ id, username: names.get(id) ?? '—' })),
    pairs: pairs.map(({ a, b, ...pair }) => ({ a: readerIds[a] as UserId, b: readerIds[b] as UserId, ...pair })),
    worst: worst.sort((one, other) => one.score - other.score).slice(0, MOST_LISTED),
  }
}
