import type { Adjudication, Image, ImageId, ImageType, LabelData, LabelFile, Reading } from '@vesalius/contracts'
import { AppError } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow, StudyRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { withClasses } from '../classes/class-schemes.ts'
import { getImage } from '../images/images.service.ts'
import { submitLabel } from '../labels/labels.service.ts'
import type { IsCurrent } from '../labels/revision-tag.ts'
import { nameOf } from '../people/people.queries.ts'
import { findReadings } from '../readings/studies.queries.ts'

/** What each reader said about an image, and what was made of it. */
export async function listReadings(
  db: Db,
  user: SignedIn,
  { study, project, imageId }: { study: StudyRow; project: ProjectRow; imageId: ImageId },
): Promise<{ image: Image; items: Reading[]; adjudication: Adjudication | null }> {
  const image = await getImage(db, user, imageId)
  const rows = await findReadings(db, study.id, imageId)
  const names = await nameOf(
    db,
    rows.map((row) => row.reader_id),
  )
  const items = rows
    .map((row) => ({
      reader: { id: row.reader_id, username: names.get(row.reader_id) ?? '—' },
      data: withClasses(project, { data: row.data as LabelData, class_scheme: row.class_scheme }),
      submittedAt: (row.submitted_at as Date).toISOString(),
    }))
    .sort((a, b) => (a.reader.id < b.reader.id ? -1 : 1))
  return { image, items, adjudication: await findAdjudication(db, study, imageId) }
}

/** The image's label becomes what a reviewer made of the readings. */
export async function adjudicate(
  parts: Pick<Context, 'db' | 'storage' | 'events'>,
  user: SignedIn,
  {
    study,
    imageId,
    label,
    note,
    isCurrent,
  }: {
    study: StudyRow
    imageId: ImageId
    label: { type: ImageType; data: LabelData }
    note: string | undefined
    isCurrent: IsCurrent
  },
): Promise<{ label: LabelFile; adjudication: Adjudication }> {
  const { db, events } = parts
  if ((await findReadings(db, study.id, imageId)).length === 0) {
    throw new AppError('NOT_FOUND', 'Nobody read this image for the study.')
  }
  const kept = await submitLabel(parts, { user, imageId, label, isCurrent, isFinal: true })
  const values = { revision: kept.meta?.revision ?? 0, note: note ?? null, author_id: user.id }
  await db
    .insertInto('adjudications')
    .values({ study_id: study.id, image_id: imageId, ...values })
    .onConflict((conflict) =>
      conflict.columns(['study_id', 'image_id']).doUpdateSet({ ...values, created_at: new Date() }),
    )
    .execute()
  events.publish(study.project_id, { kind: 'reading', projectId: study.project_id, imageId, studyId: study.id })
  const adjudication = await findAdjudication(db, study, imageId)
  if (!adjudication) throw new Error(`the adjudication of image ${imageId} is gone`)
  return { label: kept, adjudication }
}

async function findAdjudication(db: Db, study: StudyRow, imageId: ImageId): Promise<Adjudication | null> {
  const row = await db
    .selectFrom('adjudications')
    .selectAll()
    .where('study_id', '=', study.id)
    .where('image_id', '=', imageId)
    .executeTakeFirst()
  if (!row) return null
  const username = (await nameOf(db, [row.author_id])).get(row.author_id) ?? '—'
  const author = { id: row.author_id, username }
  return { author, note: row.note, revision: row.revision, createdAt: row.created_at.toISOString() }
}
