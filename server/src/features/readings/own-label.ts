import {
  AppError,
  emptyLabel,
  type ImageId,
  type ImageType,
  type LabelData,
  type LabelFile,
  type ReadingId,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { lockImage } from '../images/images.queries.ts'
import { refuseUnchangeable } from '../images/require-image.ts'
import { fitMarks } from '../labels/fit-marks.ts'
import { fitLabel } from '../labels/label-classes.ts'
import { buildLabelFile } from '../labels/label-file.ts'
import { findRevision, findUntouchedRevision } from '../labels/labels.queries.ts'
import type { IsCurrent } from '../labels/revision-tag.ts'
import { findTarget, type ReadingTarget } from './reading-target.ts'

/** A reader's own label in the form of the label file; before they submitted one, what they start from. */
export async function readOwnLabel(
  db: Db,
  user: SignedIn,
  { project, image, target }: { project: ProjectRow; image: ImageRow; target: ReadingTarget },
): Promise<LabelFile> {
  const { reading } = target
  const isSubmitted = reading?.submitted_at != null && reading.data !== null
  const start = isSubmitted ? null : await startOf(db, project, image, target)
  const { class_scheme } = isSubmitted ? reading : (start ?? project)
  const data = isSubmitted ? (reading.data as LabelData) : (start?.data as LabelData)
  const author = isSubmitted
    ? ({ kind: 'person', userId: user.id } as const)
    : (start?.author ?? { kind: 'none' as const })
  const own = { ...image, annotated_at: isSubmitted ? reading.submitted_at : null, review: 'unreviewed' as const }
  const revision = reading?.revision ?? 0
  return buildLabelFile(project, own, { revision, data, class_scheme, author })
}

/** Blind readers begin with the model's guess or with nothing, others with the label as it is. */
async function startOf(db: Db, project: ProjectRow, image: ImageRow, target: ReadingTarget) {
  if (!target.hidesLabel) {
    const { data, class_scheme } = await findRevision(db, image.id, image.label_revision)
    return { data, class_scheme, author: { kind: 'none' } as const }
  }
  if (!target.hidesGuess) return findUntouchedRevision(db, image.id)
  const { data } = emptyLabel(project.task_type, project.classes, image.height, image.width)
  return { data, class_scheme: project.class_scheme, author: { kind: 'none' } as const }
}

/** `data` null: the reading is taken back. Throws LABEL_CHANGED when the reader's own label changed in another window. */
export async function keepOwnLabel(
  { db, events }: Pick<Context, 'db' | 'events'>,
  user: SignedIn,
  {
    imageId,
    label,
    isCurrent,
  }: {
    imageId: ImageId
    label: { type: ImageType; data: LabelData } | null
    isCurrent: IsCurrent
  },
): Promise<LabelFile> {
  const kept = await db.transaction().execute(async (trx) => {
    const image = await lockImage(trx, imageId)
    if (!image) throw new AppError('NOT_FOUND', 'There is no such image, or you may not see it.')
    refuseUnchangeable(image)
    const project = await trx
      .selectFrom('projects')
      .selectAll()
      .where('id', '=', image.project_id)
      .executeTakeFirstOrThrow()
    const target = await findTarget(trx, user, project, imageId)
    if (!target) throw new AppError('CONFLICT', 'Your reading of this image has ended. Look at it again.')
    const revision = target.reading?.revision ?? 0
    if (!isCurrent(revision)) {
      throw new AppError('LABEL_CHANGED', 'You changed the label in another window. Look at it again, then submit.')
    }
    const data =
      label &&
      fitMarks(
        fitLabel(project, label, (scheme) => isCurrent(revision, scheme)),
        image,
      )
    const values = {
      class_scheme: project.class_scheme,
      data: data === null ? null : json(data),
      revision: revision + 1,
      submitted_at: data === null ? null : sql<Date>`clock_timestamp()`,
    }
    const row = target.reading
      ? await trx
          .updateTable('readings')
          .set(values)
          .where('id', '=', target.reading.id)
          .returningAll()
          .executeTakeFirstOrThrow()
      : await trx
          .insertInto('readings')
          .values({
            id: newId<ReadingId>(),
            study_id: target.studyId,
            image_id: imageId,
            project_id: project.id,
            reader_id: user.id,
            ...values,
          })
          .returningAll()
          .executeTakeFirstOrThrow()
    return { project, image, target: { ...target, reading: row } }
  })
  const { project, target } = kept
  events.publish(project.id, { kind: 'reading', projectId: project.id, imageId, studyId: target.studyId })
  return readOwnLabel(db, user, kept)
}
