import {
  AppError,
  type ImageId,
  type ReadingId,
  type Study,
  type StudyId,
  type StudyImages,
  type UserId,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow, StudyRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { requirePerson } from '../people/people.queries.ts'
import { mayReview, requireProject, requireProjectView } from '../projects/access.ts'
import { findStudies, findStudy, presentStudies } from './studies.queries.ts'

const MOST_IMAGES = 20_000
const ROWS_AT_ONCE = 500
type Parts = Pick<Context, 'db' | 'events'>

export interface NewStudy {
  name: string
  isBlind: boolean
  showsGuess: boolean
  readers: UserId[]
  images: StudyImages
}

/** Every reader gets every image, in the same transaction: a study is there whole or not at all. */
export async function createStudy(
  { db, events }: Parts,
  user: SignedIn,
  project: ProjectRow,
  study: NewStudy,
): Promise<Study> {
  const readers = [...new Set(study.readers)]
  for (const reader of readers) await requirePerson(db, reader)
  const imageIds = await chooseImages(db, project, study.images)
  if (imageIds.length === 0) throw new AppError('VALIDATION_FAILED', 'There is no image to read.')
  if (imageIds.length > MOST_IMAGES)
    throw new AppError('VALIDATION_FAILED', `A study has at most ${MOST_IMAGES} images.`)
  const id = newId<StudyId>()
  const row = await db.transaction().execute(async (trx) => {
    const inserted = await trx
      .insertInto('studies')
      .values({
        id,
        project_id: project.id,
        name: study.name,
        is_blind: study.isBlind,
        shows_guess: study.showsGuess,
        created_by: user.id,
        closed_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('study_readers')
      .values(readers.map((reader) => ({ study_id: id, user_id: reader, finished_at: null })))
      .execute()
    for (const reader of readers) {
      for (let at = 0; at < imageIds.length; at += ROWS_AT_ONCE) {
        const rows = imageIds.slice(at, at + ROWS_AT_ONCE).map((imageId) => ({
          id: newId<ReadingId>(),
          study_id: id,
          image_id: imageId,
          project_id: project.id,
          reader_id: reader,
          class_scheme: project.class_scheme,
          data: null,
          submitted_at: null,
        }))
        await trx.insertInto('readings').values(rows).execute()
      }
    }
    return inserted
  })
  events.publish(project.id, { kind: 'project', projectId: project.id })
  return present(db, row)
}

async function chooseImages(db: Db, project: ProjectRow, images: StudyImages): Promise<ImageId[]> {
  let query = db.selectFrom('images').select('id').where('project_id', '=', project.id).where('state', '<>', 'DELETED')
  if (images.kind === 'chosen') query = query.where('id', 'in', images.imageIds)
  // By the hash, so that a share is drawn by chance and comes out the same whenever it is asked for.
  const rows = await query
    .orderBy(sql`md5(id)`)
    .limit(MOST_IMAGES + 1)
    .execute()
  const ids = rows.map((row) => row.id)
  return images.kind === 'share' ? ids.slice(0, Math.max(1, Math.round((ids.length * images.percent) / 100))) : ids
}

/** All for reviewers, others see those they read for, without the other readers. */
export async function listStudies(db: Db, user: SignedIn, projectId: ProjectRow['id']): Promise<Study[]> {
  const { project } = await requireProjectView(db, user, projectId)
  const readerId = mayReview(user, project) ? null : user.id
  return presentStudies(db, await findStudies(db, project.id, readerId), readerId)
}

export async function changeStudy({ db, events }: Parts, study: StudyRow, state: StudyRow['state']): Promise<Study> {
  const row = await db
    .updateTable('studies')
    .set({ state, closed_at: state === 'closed' ? sql<Date>`now()` : null })
    .where('id', '=', study.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  events.publish(study.project_id, { kind: 'project', projectId: study.project_id })
  return present(db, row)
}

export async function deleteStudy({ db, events }: Parts, study: StudyRow): Promise<void> {
  await db.deleteFrom('studies').where('id', '=', study.id).execute()
  events.publish(study.project_id, { kind: 'project', projectId: study.project_id })
}

/** A reader ends their own reading. Throws CONFLICT while images are left to read. */
export async function finishStudy({ db, events }: Parts, user: SignedIn, studyId: StudyId): Promise<Study> {
  const study = await findStudy(db, studyId)
  const [presented] = study ? await presentStudies(db, [study], user.id) : []
  const [own] = presented?.readers ?? []
  if (!study || !own) throw notFound()
  if (own.submitted < own.assigned) {
    throw new AppError('CONFLICT', `${own.assigned - own.submitted} images are left to read.`)
  }
  await db
    .updateTable('study_readers')
    .set({ finished_at: sql`now()` })
    .where('study_id', '=', studyId)
    .where('user_id', '=', user.id)
    .where('finished_at', 'is', null)
    .execute()
  events.publish(study.project_id, { kind: 'project', projectId: study.project_id })
  const [finished] = await presentStudies(db, [study], user.id)
  return finished ?? (presented as Study)
}

export async function requireStudy(
  db: Db,
  user: SignedIn,
  studyId: StudyId,
  right: 'review' | 'manage',
): Promise<{ study: StudyRow; project: ProjectRow }> {
  const study = await findStudy(db, studyId)
  if (!study) throw notFound()
  return { study, project: await requireProject(db, user, study.project_id, right) }
}

/** Throws FORBIDDEN for a reviewer who reads for the study and has not finished: what others said would bend theirs. */
export async function refuseReader(db: Db, user: SignedIn, study: StudyRow): Promise<void> {
  if (!study.is_blind || study.state === 'closed') return
  const reading = await db
    .selectFrom('study_readers')
    .select('user_id')
    .where('study_id', '=', study.id)
    .where('user_id', '=', user.id)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  if (reading) throw new AppError('FORBIDDEN', 'You read for this study yourself. Finish your reading first.')
}

async function present(db: Db, row: StudyRow): Promise<Study> {
  const [study] = await presentStudies(db, [row], null)
  if (!study) throw notFound()
  return study
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such study, or you may not see it.')
}
