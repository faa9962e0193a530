import type { ImageId, ProjectId, StudyId } from '@vesalius/contracts'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ProjectRow, ReadingRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { mayReview } from '../projects/access.ts'

/**
 * Where a person's label of an image goes when it is not the image's own: to their reading for an open study, or to their
 * answer to a gold image. As long as that is so, they see their own label and nothing of what it is compared with.
 */
export interface ReadingTarget {
  imageId: ImageId
  studyId: StudyId | null
  /** Null: nothing was kept yet. */
  reading: ReadingRow | null
  hidesLabel: boolean
  hidesGuess: boolean
}

type Project = Pick<ProjectRow, 'id' | 'owner_id' | 'organisation_id'>

/** By image; images that a person labels like any other are missing. */
export async function findTargets(
  db: Db,
  user: SignedIn,
  project: Project,
  imageIds: readonly ImageId[],
): Promise<Map<ImageId, ReadingTarget>> {
  const targets = new Map<ImageId, ReadingTarget>()
  if (imageIds.length === 0) return targets
  if (!mayReview(user, project)) {
    for (const target of await findGoldTargets(db, user, project.id, imageIds)) targets.set(target.imageId, target)
  }
  const rows = await db
    .selectFrom('readings')
    .innerJoin('studies', 'studies.id', 'readings.study_id')
    .innerJoin('study_readers', (join) =>
      join
        .onRef('study_readers.study_id', '=', 'readings.study_id')
        .onRef('study_readers.user_id', '=', 'readings.reader_id'),
    )
    .selectAll('readings')
    .select(['studies.is_blind', 'studies.shows_guess'])
    .where('readings.reader_id', '=', user.id)
    .where('readings.project_id', '=', project.id)
    .where('readings.image_id', 'in', imageIds)
    .where('studies.state', '=', 'open')
    .where('study_readers.finished_at', 'is', null)
    .orderBy('readings.study_id', 'desc')
    .execute()
  for (const { is_blind, shows_guess, ...reading } of rows) {
    targets.set(reading.image_id, {
      imageId: reading.image_id,
      studyId: reading.study_id,
      reading,
      hidesLabel: is_blind,
      hidesGuess: !shows_guess,
    })
  }
  return targets
}

export async function findTarget(
  db: Db,
  user: SignedIn,
  project: Project,
  imageId: ImageId,
): Promise<ReadingTarget | null> {
  return (await findTargets(db, user, project, [imageId])).get(imageId) ?? null
}

async function findGoldTargets(
  db: Db,
  user: SignedIn,
  projectId: ProjectId,
  imageIds: readonly ImageId[],
): Promise<ReadingTarget[]> {
  const gold = await db
    .selectFrom('gold_labels')
    .select('image_id')
    .where('project_id', '=', projectId)
    .where('image_id', 'in', imageIds)
    .execute()
  if (gold.length === 0) return []
  const answers = await db
    .selectFrom('readings')
    .selectAll()
    .where('reader_id', '=', user.id)
    .where('study_id', 'is', null)
    .where(
      'image_id',
      'in',
      gold.map((row) => row.image_id),
    )
    .execute()
  return gold.map(({ image_id }) => ({
    imageId: image_id,
    studyId: null,
    reading: answers.find((answer) => answer.image_id === image_id) ?? null,
    hidesLabel: true,
    hidesGuess: false,
  }))
}

/** For a query of the table `images`: what a person's own label does not stand in for. */
export function isNotVeiledFrom(user: SignedIn, project: Project) {
  const reads = sql<SqlBool>`NOT EXISTS (
    SELECT 1 FROM readings JOIN studies ON studies.id = readings.study_id
    JOIN study_readers ON study_readers.study_id = studies.id AND study_readers.user_id = readings.reader_id
    WHERE readings.image_id = images.id AND readings.reader_id = ${user.id}
      AND studies.state = 'open' AND study_readers.finished_at IS NULL)`
  if (mayReview(user, project)) return reads
  return sql<SqlBool>`${reads} AND NOT EXISTS (SELECT 1 FROM gold_labels WHERE gold_labels.image_id = images.id)`
}

/** For a query of the table `images`: what a person reads for a study, all of it or by whether they have. */
export function isReadFor(studyId: StudyId, user: SignedIn, isSubmitted: boolean | undefined) {
  const submitted =
    isSubmitted === undefined
      ? sql`true`
      : isSubmitted
        ? sql`readings.submitted_at IS NOT NULL`
        : sql`readings.submitted_at IS NULL`
  return sql<SqlBool>`EXISTS (
    SELECT 1 FROM readings WHERE readings.image_id = images.id AND readings.study_id = ${studyId}
      AND readings.reader_id = ${user.id} AND ${submitted})`
}
