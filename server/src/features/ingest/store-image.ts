import {
  classesIn,
  countMarks,
  type DeidentificationReport,
  emptyLabel,
  type Image,
  type ImageId,
  type LabelAuthor,
  type LabelData,
  type LabelFile,
} from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { noteChange } from '../images/change-notes.ts'
import { findImage } from '../images/images.queries.ts'
import { insertImage } from '../images/insert-image.ts'
import type { PictureFormat } from '../images/picture-format.ts'
import type { PictureFacts } from '../images/picture-protocol.ts'
import { presentImage } from '../images/present-image.ts'
import { countAnnotations } from '../labels/count-annotations.ts'
import { buildLabelFile, labelKey, writeLabelFile } from '../labels/label-file.ts'
import { insertRevisions } from '../labels/labels.queries.ts'
import { answerOf, isAnswered } from '../labels/labels.service.ts'
import { enqueuePrelabel, PRELABEL_PRIORITY } from '../predictions/prelabel-queue.ts'
import type { ReceivedFile } from './receive-file.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'jobs' | 'events'>

export interface NewImage {
  id: ImageId
  user: SignedIn
  project: ProjectRow
  name: string
  file: ReceivedFile
  format: PictureFormat
  facts: PictureFacts
  /** What de-identification removed; null when the project keeps files as they come. */
  report: DeidentificationReport | null
  /** What a person says about it, if the upload brought it along. */
  annotation: LabelData | null
  group: string | null
}

/**
 * Makes an image of a checked file. Both files are on the disk before the row exists, and row, label and job come in
 * one transaction: a crash on the way leaves files that no row knows, never a row without files, and a note by which
 * the next start removes them.
 */
export async function storeImage(parts: Parts, upload: NewImage): Promise<Image> {
  const { project } = upload
  const row = imageRow(upload)
  const revisions = revisionsOf(row, upload)
  const newest = revisions[revisions.length - 1] as (typeof revisions)[number]
  const label: LabelFile = buildLabelFile(project, row, newest)
  const keys = [row.uri, labelKey(row)]
  const forgetNote = await noteChange(parts.storage, 'files', { imageId: row.id, keys })
  try {
    await parts.storage.adopt(row.uri, upload.file.path)
    await writeLabelFile(parts.storage, row, label)
    await parts.db.transaction().execute(async (trx) => {
      await insertImage(trx, row)
      await insertRevisions(trx, revisions)
      if (row.state === 'TO_LABEL') await enqueuePrelabel(parts.jobs, trx, [row.id], PRELABEL_PRIORITY.upload)
      const annotations = row.annotated_at ? 1 : 0
      if (annotations) await countAnnotations(trx, project, { annotations, changes: 1 })
    })
  } catch (error) {
    if (await removeFiles(parts, row.id, keys)) await forgetNote()
    throw error
  }
  await forgetNote()
  const image = presentImage(row, project.task_type)
  parts.events.publish(project.id, { kind: 'image', image })
  return image
}

function imageRow({ id, user, project, name, file, format, facts, report, annotation, group }: NewImage): ImageRow {
  const now = new Date()
  const isAnnotation = annotation !== null && isAnswered(project.task_type, annotation)
  return {
    id,
    project_id: project.id,
    owner_id: user.id,
    name,
    type: format,
    uri: `users/${user.id}/${id}.${format}`,
    state: isAnnotation ? 'NORMAL' : 'TO_LABEL',
    state_before: null,
    annotated_at: isAnnotation ? now : null,
    annotated_by: isAnnotation ? user.id : null,
    review: 'unreviewed',
    reviewed_by: null,
    open_comments: 0,
    problem: null,
    label_revision: isAnnotation ? 1 : 0,
    label_value: isAnnotation ? answerOf(annotation) : null,
    label_marks: isAnnotation ? countMarks(annotation) : null,
    label_classes: isAnnotation ? classesIn(annotation) : [],
    guess_value: null,
    guess_marks: null,
    guess_score: null,
    guess_model_id: null,
    uncertainty: -1,
    width: facts.width,
    height: facts.height,
    bit_depth: facts.bitDepth,
    channels: facts.channels,
    frames: facts.frames,
    spacing: facts.spacing,
    deidentification: report,
    byte_size: file.byteSize,
    content_hash: file.sha256,
    group_key: group,
    editor_count: 0,
    created_at: now,
    updated_at: now,
    deleted_at: null,
  }
}

/** Revision 0 is the empty label; a label that came along is revision 1. */
function revisionsOf(row: ImageRow, { project, annotation, user }: NewImage) {
  const { data } = emptyLabel(project.task_type, project.classes, row.height, row.width)
  const none: LabelAuthor = { kind: 'none' }
  const person: LabelAuthor = { kind: 'person', userId: user.id }
  const first = { imageId: row.id, revision: 0, data, author: none }
  return annotation && row.annotated_at
    ? [first, { imageId: row.id, revision: 1, data: annotation, author: person }]
    : [first]
}

/** After a failure: unless the commit went through after all, or the database cannot tell. Answers whether it did. */
async function removeFiles({ db, storage }: Parts, imageId: ImageId, keys: string[]): Promise<boolean> {
  try {
    if (await findImage(db, imageId)) return false
    for (const key of keys) await storage.remove(key)
    return true
  } catch {
    return false
  }
}
