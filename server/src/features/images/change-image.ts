import { AppError, type ImageId, type LabelFile } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { ImageRow, ProjectRow, Tables } from '../../db/tables.ts'
import { type CountedAnnotations, countAnnotations } from '../labels/count-annotations.ts'
import { findRevision } from '../labels/labels.queries.ts'
import { repairLabelFile } from '../labels/repair-label-files.ts'
import { writeStoredLabel } from '../labels/stored-label.ts'
import { lockImage } from './images.queries.ts'
import { presentImage } from './present-image.ts'

export interface ChangedImage {
  image: ImageRow
  project: ProjectRow
  label: LabelFile
}

/**
 * The one way to change an image: its row is locked, `change` runs, the label file is written, the project counts what
 * `change` answers, then the transaction commits and everyone hears of it. Whoever comes second waits for the lock, so the
 * file always ends as the newest revision, also with several processes. A commit that fails after the write puts the file
 * back; a note left by a crash makes the next start do so.
 */
export async function changeImage(
  { db, storage, events }: Pick<Context, 'db' | 'storage' | 'events'>,
  imageId: ImageId,
  change: (trx: Transaction<Tables>, image: ImageRow, project: ProjectRow) => Promise<CountedAnnotations | undefined>,
): Promise<ChangedImage> {
  let forgetNote: (() => Promise<void>) | null = null
  try {
    const changed = await db.transaction().execute(async (trx) => {
      const before = await lockImage(trx, imageId)
      if (!before) throw new AppError('NOT_FOUND', 'There is no such image, or you may not see it.')
      const project = await trx
        .selectFrom('projects')
        .selectAll()
        .where('id', '=', before.project_id)
        .executeTakeFirstOrThrow()
      const more = await change(trx, before, project)
      const image = await trx.selectFrom('images').selectAll().where('id', '=', imageId).executeTakeFirstOrThrow()
      const revision = await findRevision(trx, imageId, image.label_revision)
      forgetNote = await storage.notes.add('label', { imageId, keys: [] })
      const label = await writeStoredLabel(trx, storage, project, { image, revision })
      if (more) await countAnnotations(trx, project, more)
      return { image, project, label }
    })
    const image = presentImage(changed.image, changed.project)
    events.publish(changed.project.id, { kind: 'image', image })
    return changed
  } catch (error) {
    if (forgetNote) await repairLabelFile({ db, storage }, imageId, { isRowRight: true }).catch(() => {})
    throw error
  } finally {
    await (forgetNote as (() => Promise<void>) | null)?.()
  }
}
