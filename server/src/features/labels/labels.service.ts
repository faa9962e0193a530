import {
  classesIn,
  countMarks,
  type ImageId,
  type ImageType,
  isClassification,
  type LabelData,
  type LabelFile,
  readClassAnswer,
  type UserId,
} from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import { integers } from '../../db/json.ts'
import type { ImageRow, ProjectRow, Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { placeNow, withClasses } from '../classes/class-schemes.ts'
import { type ChangedImage, changeImage } from '../images/change-image.ts'
import { refuseUnchangeable, requireImage } from '../images/require-image.ts'
import { nameOf } from '../people/people.queries.ts'
import { keepOwnLabel, readOwnLabel } from '../readings/own-label.ts'
import { findTarget } from '../readings/reading-target.ts'
import type { CountedAnnotations } from './count-annotations.ts'
import { fitMarks } from './fit-marks.ts'
import { fitLabel, labelChanged } from './label-classes.ts'
import { buildLabelFile } from './label-file.ts'
import { findClassRevisions, findRevision, findUntouchedRevision, insertRevisions } from './labels.queries.ts'
import type { IsCurrent } from './revision-tag.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events'>

export async function readLabel(db: Context['db'], user: SignedIn, imageId: ImageId): Promise<LabelFile> {
  const { image, project } = await requireImage(db, user, imageId, 'view')
  const target = await findTarget(db, user, project, imageId)
  if (target) return readOwnLabel(db, user, { project, image, target })
  return buildLabelFile(project, image, await findRevision(db, image.id, image.label_revision))
}

export interface Submission {
  user: SignedIn
  imageId: ImageId
  label: { type: ImageType; data: LabelData; seconds?: number }
  /** Whether the revision the person saw is still the newest one. */
  isCurrent: IsCurrent
  /** It becomes the image's label also where the person reads the image for themselves. */
  isFinal?: boolean
}

/** A person's label. Answers the label file as stored; it is on the disk by then. */
export async function submitLabel(parts: Parts, submission: Submission): Promise<LabelFile> {
  const { user, imageId } = submission
  const { project } = await requireImage(parts.db, user, imageId, 'annotate')
  if (!submission.isFinal && (await findTarget(parts.db, user, project, imageId))) {
    return keepOwnLabel(parts, user, submission)
  }
  const changed = await changeImage(parts, imageId, async (trx, image, owner) => {
    refuseUnchangeable(image)
    const isSeen = await seenUnder(trx, image, submission)
    const data = fitMarks(fitLabel(owner, submission.label, isSeen), image)
    const author = { kind: 'person', userId: user.id } as const
    const { seconds = null } = submission.label
    await insertRevisions(trx, [
      { imageId, revision: image.label_revision + 1, class_scheme: owner.class_scheme, data, author, seconds },
    ])
    const annotator = isAnswered(owner.task_type, data) ? user.id : null
    return applyLabel(trx, { image, project: owner, data, annotator })
  })
  await tellSubmission(parts, user, changed)
  return changed.label
}

/** Whoever has the image open hears whose label it is now. */
async function tellSubmission({ db, events }: Parts, user: SignedIn, { image, project }: ChangedImage): Promise<void> {
  const username = (await nameOf(db, [user.id])).get(user.id)
  if (username === undefined) return
  const event = { kind: 'submitted', projectId: project.id, imageId: image.id } as const
  events.publish(project.id, { ...event, revision: image.label_revision, author: { id: user.id, username } })
}

/** The label as it was before a person answered: a model's guess, or nothing. Answers the label file as stored. */
export async function takeBackLabel(parts: Parts, submission: Omit<Submission, 'label'>): Promise<LabelFile> {
  const { user, imageId } = submission
  const { project } = await requireImage(parts.db, user, imageId, 'annotate')
  if (await findTarget(parts.db, user, project, imageId)) {
    return keepOwnLabel(parts, user, { ...submission, label: null })
  }
  const { label } = await changeImage(parts, imageId, async (trx, image, owner) => {
    refuseUnchangeable(image)
    const isSeen = await seenUnder(trx, image, submission)
    if (!Array.from({ length: owner.class_scheme + 1 }, (_, scheme) => scheme).some(isSeen)) throw labelChanged()
    if (image.annotated_at === null) return
    const { author, ...written } = await findUntouchedRevision(trx, imageId)
    const data = withClasses(owner, written)
    const { class_scheme } = owner
    await insertRevisions(trx, [{ imageId, revision: image.label_revision + 1, class_scheme, data, author }])
    return applyLabel(trx, { image, project: owner, data, annotator: null })
  })
  return label
}

/**
 * Under which class scheme the person saw the label as it is. A revision that only a change of classes wrote says the same
 * as the one before, so whoever saw that one saw this one.
 */
async function seenUnder(
  trx: Transaction<Tables>,
  { id, label_revision }: ImageRow,
  { isCurrent }: Pick<Submission, 'isCurrent'>,
): Promise<(scheme: number) => boolean> {
  const same = [label_revision]
  if (!isCurrent(label_revision)) {
    for (const revision of await findClassRevisions(trx, id)) {
      if (revision === same.at(-1)) same.push(revision - 1)
    }
  }
  return (scheme) => same.some((revision) => isCurrent(revision, scheme))
}

/** A classification without an answer takes an annotation back: nobody answered it any more. */
export function isAnswered(taskType: ImageType, data: LabelData): boolean {
  return !isClassification(taskType) || answerOf(data) !== null
}

/** Class index of a classification's answer; null when unanswered or another kind of task. */
export function answerOf(data: LabelData): number | null {
  return readClassAnswer(data)?.value ?? null
}

/** `annotator`: who answered; null where nobody did. */
async function applyLabel(
  trx: Transaction<Tables>,
  {
    image,
    project,
    data,
    annotator,
  }: { image: ImageRow; project: ProjectRow; data: LabelData; annotator: UserId | null },
): Promise<CountedAnnotations> {
  const isAnnotation = annotator !== null
  await trx
    .updateTable('images')
    .set({
      state: 'NORMAL',
      problem: null,
      label_revision: image.label_revision + 1,
      class_scheme: project.class_scheme,
      guess_value: placeNow(project, image.class_scheme, image.guess_value),
      label_value: answerOf(data),
      label_marks: countMarks(data),
      label_classes: integers(classesIn(data)),
      annotated_at: isAnnotation ? sql`clock_timestamp()` : null,
      annotated_by: annotator,
      review: 'unreviewed',
      reviewed_by: null,
      ...(isAnnotation ? { skip: null } : {}),
      uncertainty: isAnnotation || image.guess_score === null ? -1 : 1 - image.guess_score,
      updated_at: sql`clock_timestamp()`,
    })
    .where('id', '=', image.id)
    .execute()
  return { annotations: Number(isAnnotation) - Number(image.annotated_at !== null), changes: 1 }
}
