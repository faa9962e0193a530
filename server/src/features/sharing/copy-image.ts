import {
  AppError,
  classesIn,
  countMarks,
  emptyLabel,
  type ImageId,
  type LabelAuthor,
  type LabelData,
  type ProjectId,
  type UserId,
} from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { carryLabel, mapSince, type Schemed, withClasses } from '../classes/class-schemes.ts'
import { cleanImageName } from '../images/image-name.ts'
import { lockImage } from '../images/images.queries.ts'
import { insertImages } from '../images/insert-image.ts'
import { presentImage } from '../images/present-image.ts'
import { refuseDeleted, requireImage } from '../images/require-image.ts'
import { countAnnotations } from '../labels/count-annotations.ts'
import { labelKey } from '../labels/label-file.ts'
import { findRevision, insertRevisions } from '../labels/labels.queries.ts'
import { answerOf } from '../labels/labels.service.ts'
import { writeStoredLabel } from '../labels/stored-label.ts'
import { requirePerson } from '../people/people.queries.ts'
import { enqueuePrelabel, PRELABEL_PRIORITY } from '../predictions/prelabel-queue.ts'
import { requireProject } from '../projects/access.ts'
import { insertProject } from '../projects/projects.service.ts'
import { holderOf, refuseBeyondStorage } from '../quotas/quota.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'jobs' | 'events'>

export interface Gift {
  imageId: ImageId
  userId: UserId
  /** A project the caller manages, for a copy to oneself. */
  projectId?: ProjectId | undefined
  /** Where the copy is not to be called as its source. */
  name?: string
}

/** A new image of the same file with a label of its own. What a person said goes along; a guess is made anew. */
export async function copyImage(parts: Parts, user: SignedIn, gift: Gift): Promise<{ id: ImageId }> {
  const { db, storage } = parts
  const source = await requireImage(db, user, gift.imageId, 'manage')
  refuseDeleted(source.image)
  const target = await findTarget(db, user, source.project, gift)
  const id = newId<ImageId>()
  const key = labelKey({ owner_id: target.owner_id, id })
  const forgetNote = await storage.notes.add('files', { imageId: id, keys: [key] })
  const row = await db.transaction().execute(async (trx) => {
    // Held until the copy exists, so that a purge sees that the file is still used.
    const image = await lockImage(trx, gift.imageId)
    if (!image) throw new AppError('NOT_FOUND', 'There is no such image, or you may not see it.')
    refuseDeleted(image)
    const { author, ...written } = await findRevision(trx, image.id, image.label_revision)
    const isTaken = image.annotated_at !== null && isSameTask(source.project, target)
    const annotation = isTaken ? { data: dataFor(target, source.project, written), author } : null
    const named = { ...image, name: cleanImageName(gift.name ?? '') || image.name }
    const copy = copyOf(named, { id, project: target, annotation: annotation?.data ?? null })
    const revisions = revisionsOf(copy, target, annotation)
    await refuseBeyondStorage(trx, holderOf(target), { bytes: copy.byte_size })
    await insertImages(trx, [copy])
    await insertRevisions(trx, revisions)
    if (copy.state === 'TO_LABEL') await enqueuePrelabel(parts.jobs, trx, [id], PRELABEL_PRIORITY.upload)
    const newest = revisions[revisions.length - 1] as (typeof revisions)[number]
    await writeStoredLabel(trx, storage, target, { image: copy, revision: newest })
    if (annotation) await countAnnotations(trx, target, { annotations: 1, changes: 1 })
    return copy
  })
  await forgetNote()
  parts.events.publish(target.id, { kind: 'image', image: presentImage(row, target) })
  return { id }
}

/** The receiver's project of the same task whose classes begin as the source's do; a new one when there is none. */
async function findTarget(db: Db, user: SignedIn, source: ProjectRow, gift: Gift): Promise<ProjectRow> {
  const { userId, projectId } = gift
  if (projectId) {
    const project = await requireProject(db, user, projectId, 'manage')
    if (userId === user.id || userId === project.owner_id) return project
    throw new AppError('VALIDATION_FAILED', 'Only a copy to yourself goes to a project you choose.')
  }
  if (userId === source.owner_id && !source.organisation_id) return source
  await requirePerson(db, userId)
  const candidates = await db
    .selectFrom('projects')
    .selectAll()
    .where('owner_id', '=', userId)
    .where('organisation_id', 'is', null)
    .where('task_type', '=', source.task_type)
    .where('deleted_at', 'is', null)
    .orderBy('is_default', 'desc')
    .orderBy('created_at')
    .execute()
  const fitting = candidates.find((project) => isSameTask(source, project))
  if (fitting) return fitting
  const { name, task_type: taskType, classes, deidentifies } = source
  return insertProject(db, { ownerId: userId, organisationId: null }, { name, taskType, classes, deidentifies })
}

function isSameTask(source: ProjectRow, target: ProjectRow): boolean {
  return source.task_type === target.task_type && source.classes.every((name, index) => name === target.classes[index])
}

/** The label under the target's classes, which begin as the source's do: of another project the places are those of now. */
function dataFor(target: ProjectRow, source: ProjectRow, written: Schemed): LabelData {
  if (target.id === source.id) return withClasses(target, written)
  return carryLabel(target, mapSince(source, written.class_scheme), written.data)
}

function copyOf(
  source: ImageRow,
  { id, project, annotation }: { id: ImageId; project: ProjectRow; annotation: LabelData | null },
): ImageRow {
  const now = new Date()
  return {
    ...source,
    id,
    project_id: project.id,
    owner_id: project.owner_id,
    state: annotation ? 'NORMAL' : 'TO_LABEL',
    state_before: null,
    annotated_at: annotation ? source.annotated_at : null,
    annotated_by: annotation ? source.annotated_by : null,
    review: 'unreviewed',
    reviewed_by: null,
    open_comments: 0,
    problem: null,
    label_revision: annotation ? 1 : 0,
    class_scheme: project.class_scheme,
    label_value: annotation ? answerOf(annotation) : null,
    label_marks: annotation ? countMarks(annotation) : null,
    label_classes: annotation ? classesIn(annotation) : [],
    guess_value: null,
    guess_marks: null,
    guess_score: null,
    guess_model_id: null,
    uncertainty: -1,
    editor_count: 0,
    created_at: now,
    updated_at: now,
    deleted_at: null,
  }
}

/** Revision 0 is the empty label, as of every image; what a person said of the source is revision 1. */
function revisionsOf(copy: ImageRow, project: ProjectRow, annotation: { data: LabelData; author: LabelAuthor } | null) {
  const { data } = emptyLabel(project.task_type, project.classes, copy.height, copy.width)
  const written = { imageId: copy.id, class_scheme: project.class_scheme }
  const first = { ...written, revision: 0, data, author: { kind: 'none' } as LabelAuthor }
  if (!annotation) return [first]
  return [first, { ...written, revision: 1, ...annotation }]
}
