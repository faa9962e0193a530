import {
  classesIn,
  countMarks,
  type DeidentificationReport,
  emptyLabel,
  type Image,
  type ImageId,
  isLearnable,
  type LabelAuthor,
  type LabelData,
} from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { ImageRow, ProjectRow, Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findImage } from '../images/images.queries.ts'
import { insertImages } from '../images/insert-image.ts'
import type { PictureFormat } from '../images/picture-format.ts'
import type { PictureFacts } from '../images/picture-protocol.ts'
import { presentImage } from '../images/present-image.ts'
import { countAnnotations } from '../labels/count-annotations.ts'
import { labelKey } from '../labels/label-file.ts'
import { insertRevisions, type NewRevision } from '../labels/labels.queries.ts'
import { answerOf, isAnswered } from '../labels/labels.service.ts'
import { formatStoredLabels } from '../labels/stored-label.ts'
import { enqueuePrelabel, PRELABEL_PRIORITY } from '../predictions/prelabel-queue.ts'
import { holderOf, refuseBeyondStorage } from '../quotas/quota.ts'
import { lockTwins, type Twin } from './duplicates.ts'
import type { ReceivedFile } from './receive-file.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'jobs' | 'events'>

export interface NewImage {
  id: ImageId
  user: Pick<SignedIn, 'id'>
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
  /** The image whose file this one shares instead of bringing its own. */
  twin: Twin | null
}

/** The image whose file was to be shared is gone: the new one needs a file of its own. */
export class TwinGoneError extends Error {
  override name = 'TwinGoneError'
}

export interface StoreOptions {
  /** Runs in the transaction that makes the images, after their rows are there. */
  along?: (trx: Transaction<Tables>) => Promise<void>
  /**
   * When a model looks at the images: `soon`, before other work; `later`, behind what people wait for; `none`, in a
   * project without a model: then they are free to annotate at once. Throws ModelAppearedError when it has one after all.
   */
  firstLook?: 'soon' | 'later' | 'none'
}

/** The project has a model by now, which has to look at the images. */
export class ModelAppearedError extends Error {
  override name = 'ModelAppearedError'
}

export async function storeImage(parts: Parts, upload: NewImage): Promise<Image> {
  const [image] = await storeImages(parts, upload.project, [upload])
  return image as Image
}

/**
 * Makes images of checked files, all or none. Their files are on the disk before any row exists, and rows, labels and
 * jobs come in one transaction: a crash on the way leaves files that no row knows, never a row without files, and notes
 * by which the next start removes them. Throws TwinGoneError.
 */
export async function storeImages(
  parts: Parts,
  project: ProjectRow,
  uploads: readonly NewImage[],
  { along, firstLook = 'soon' }: StoreOptions = {},
): Promise<Image[]> {
  const drafts = uploads.map((upload) => draftOf(upload, firstLook))
  const rows = drafts.map((draft) => draft.row)
  const notes = await Promise.all(
    drafts.map(({ row, keys }) => parts.storage.notes.add('files', { imageId: row.id, keys })),
  )
  try {
    await writeFiles(parts, project, drafts)
    await parts.db.transaction().execute(async (trx) => {
      await holdTwins(trx, uploads)
      const bytes = rows.reduce((sum, row) => sum + row.byte_size, 0)
      await refuseBeyondStorage(trx, holderOf(project), { bytes })
      await insertImages(trx, rows)
      await insertRevisions(
        trx,
        drafts.flatMap((draft) => draft.revisions),
      )
      const waiting = rows.filter((row) => row.state === 'TO_LABEL').map((row) => row.id)
      if (firstLook === 'none') await refuseModel(trx, project)
      await enqueuePrelabel(parts.jobs, trx, waiting, PRELABEL_PRIORITY[firstLook === 'soon' ? 'upload' : 'project'])
      await along?.(trx)
      const annotations = rows.filter((row) => row.annotated_at !== null).length
      if (annotations) await countAnnotations(trx, project, { annotations, changes: annotations })
    })
  } catch (error) {
    for (const [at, { row, keys }] of drafts.entries()) {
      if (await removeFiles(parts, row.id, keys)) await notes[at]?.()
    }
    throw error
  }
  await Promise.all(notes.map((forgetNote) => forgetNote()))
  return rows.map((row) => {
    const image = presentImage(row, project)
    parts.events.publish(project.id, { kind: 'image', image })
    return image
  })
}

type Draft = ReturnType<typeof draftOf>

function draftOf(upload: NewImage, firstLook: StoreOptions['firstLook']) {
  const row = imageRow(upload)
  if (firstLook === 'none') row.state = 'NORMAL'
  const keys = [...(upload.twin ? [] : [row.uri]), labelKey(row)]
  return { upload, row, keys, revisions: revisionsOf(row, upload) }
}

async function writeFiles({ db, storage }: Parts, project: ProjectRow, drafts: readonly Draft[]): Promise<void> {
  const labels = await formatStoredLabels(
    db,
    project,
    drafts.map(({ row, revisions }) => ({ image: row, revision: revisions[revisions.length - 1] as NewRevision })),
  )
  await Promise.all([
    ...drafts.map(({ upload, row }) => (upload.twin ? undefined : storage.adopt(row.uri, upload.file.path))),
    ...labels.map(({ key, text }) => storage.write(key, text)),
  ])
}

/** Held until the commit, so that a model promoted meanwhile looks for images after these are there. */
async function refuseModel(trx: Transaction<Tables>, { id, task_type }: ProjectRow): Promise<void> {
  const project = await trx
    .selectFrom('projects')
    .select('serving_model_id')
    .where('id', '=', id)
    .forShare()
    .executeTakeFirstOrThrow()
  if (isLearnable(task_type) && project.serving_model_id) throw new ModelAppearedError('the project has a model')
}

async function holdTwins(trx: Transaction<Tables>, uploads: readonly NewImage[]): Promise<void> {
  const wanted = new Set(uploads.flatMap(({ twin }) => (twin ? [twin.id] : [])))
  const held = await lockTwins(trx, [...wanted])
  if (held.size < wanted.size) throw new TwinGoneError('an image whose file was to be shared is gone')
}

function imageRow(upload: NewImage): ImageRow {
  const { id, user, project, name, file, format, facts, report, annotation, group, twin } = upload
  const now = new Date()
  const isAnnotation = annotation !== null && isAnswered(project.task_type, annotation)
  return {
    id,
    project_id: project.id,
    owner_id: user.id,
    name,
    type: format,
    uri: twin?.uri ?? `users/${user.id}/${id}.${format}`,
    state: isAnnotation ? 'NORMAL' : 'TO_LABEL',
    state_before: null,
    annotated_at: isAnnotation ? now : null,
    annotated_by: isAnnotation ? user.id : null,
    review: 'unreviewed',
    reviewed_by: null,
    open_comments: 0,
    problem: null,
    label_revision: isAnnotation ? 1 : 0,
    class_scheme: project.class_scheme,
    label_value: isAnnotation ? answerOf(annotation) : null,
    label_marks: isAnnotation ? countMarks(annotation) : null,
    label_classes: isAnnotation ? classesIn(annotation) : [],
    guess_value: null,
    guess_marks: null,
    guess_score: null,
    guess_model_id: null,
    uncertainty: -1,
    queue_rank: 0,
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
    skip: null,
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
  const written = { imageId: row.id, class_scheme: row.class_scheme }
  const first = { ...written, revision: 0, data, author: none }
  return annotation && row.annotated_at
    ? [first, { ...written, revision: 1, data: annotation, author: person }]
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
