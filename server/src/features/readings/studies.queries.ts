import type { ImageId, Study, StudyId, UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { StudyRow } from '../../db/tables.ts'

export async function findStudy(db: Db, studyId: StudyId): Promise<StudyRow | undefined> {
  return db.selectFrom('studies').selectAll().where('id', '=', studyId).executeTakeFirst()
}

/** `readerId`: only those this person reads for. */
export async function findStudies(db: Db, projectId: string, readerId: UserId | null): Promise<StudyRow[]> {
  let query = db
    .selectFrom('studies')
    .selectAll()
    .where('project_id', '=', projectId as StudyRow['project_id'])
  if (readerId) {
    query = query.where('id', 'in', (where) =>
      where.selectFrom('study_readers').select('study_id').where('user_id', '=', readerId),
    )
  }
  return query.orderBy('id', 'desc').limit(200).execute()
}

/** `readerId`: other readers' progress is left out. */
export async function presentStudies(db: Db, rows: readonly StudyRow[], readerId: UserId | null): Promise<Study[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const readers = await db
    .selectFrom('study_readers')
    .innerJoin('users', 'users.id', 'study_readers.user_id')
    .leftJoin('readings', (join) =>
      join
        .onRef('readings.study_id', '=', 'study_readers.study_id')
        .onRef('readings.reader_id', '=', 'study_readers.user_id'),
    )
    .select([
      'study_readers.study_id',
      'study_readers.finished_at',
      'users.id',
      sql<string>`coalesce(users.username, users.name)`.as('username'),
      sql<number>`count(readings.id)`.as('assigned'),
      sql<number>`count(readings.submitted_at)`.as('submitted'),
    ])
    .where('study_readers.study_id', 'in', ids)
    .groupBy(['study_readers.study_id', 'study_readers.finished_at', 'users.id', 'users.username', 'users.name'])
    .orderBy('users.username')
    .execute()
  return rows.map((row) => {
    const ofStudy = readers.filter(({ study_id }) => study_id === row.id)
    return {
      id: row.id,
      projectId: row.project_id,
      name: row.name,
      isBlind: row.is_blind,
      showsGuess: row.shows_guess,
      state: row.state,
      images: Math.max(0, ...ofStudy.map(({ assigned }) => assigned)),
      readers: ofStudy
        .filter(({ id }) => readerId === null || id === readerId)
        .map(({ id, username, assigned, submitted, finished_at }) => ({
          id,
          username,
          assigned,
          submitted,
          finishedAt: finished_at?.toISOString() ?? null,
        })),
      createdAt: row.created_at.toISOString(),
      closedAt: row.closed_at?.toISOString() ?? null,
    }
  })
}

/** Submitted readings of a study, by image. */
export async function findReadings(db: Db, studyId: StudyId, imageId?: ImageId) {
  let query = db
    .selectFrom('readings')
    .innerJoin('images', 'images.id', 'readings.image_id')
    .select(['readings.image_id', 'readings.reader_id', 'readings.data', 'readings.submitted_at', 'images.name'])
    .select('readings.class_scheme')
    .where('readings.study_id', '=', studyId)
    .where('readings.submitted_at', 'is not', null)
    .where('images.state', '<>', 'DELETED')
    .orderBy('readings.image_id')
  if (imageId) query = query.where('readings.image_id', '=', imageId)
  return query.execute()
}
