import { AppError, type ImageId } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { ImageRow, Tables } from '../../db/tables.ts'
import { findImage } from '../images/images.queries.ts'
import { labelKey } from '../labels/label-file.ts'

export type PurgeParts = Pick<Context, 'db' | 'storage' | 'events' | 'previews'>

/**
 * Removes an image for good: its row with labels and guesses, its label file, and the file of the picture when no copy
 * uses it any more. The files are noted before the row goes and removed after, so a kill on the way leaves neither a
 * row without a file nor a file nobody knows of. Throws CONFLICT for an image outside of the bin, unless its whole
 * project goes.
 */
export async function purgeImage(parts: PurgeParts, imageId: ImageId, { withProject = false } = {}): Promise<void> {
  const { db, storage, events, previews } = parts
  const known = await findImage(db, imageId)
  if (!known) return
  let forgetNote: (() => Promise<void>) | null = null
  let gone: { keys: string[]; isLastOfContent: boolean } | null = null
  try {
    gone = await db.transaction().execute(async (trx) => {
      const sharers = await lockFile(trx, known.uri)
      const image = sharers.find((row) => row.id === imageId)
      if (!image) return null
      if (image.state !== 'DELETED' && !withProject) {
        throw new AppError('CONFLICT', 'Only what is in the bin can be removed for good.')
      }
      const keys = [labelKey(image), ...((await isUsedElsewhere(trx, image, 'uri')) ? [] : [image.uri])]
      const isLastOfContent = !(await isUsedElsewhere(trx, image, 'content_hash'))
      forgetNote = await storage.notes.add('files', { imageId, keys })
      await trx.deleteFrom('images').where('id', '=', imageId).execute()
      return { keys, isLastOfContent }
    })
  } catch (error) {
    // The note stays: only the next start can tell whether the commit went through.
    if (error instanceof AppError) await (forgetNote as (() => Promise<void>) | null)?.()
    throw error
  }
  if (!gone) return
  for (const key of gone.keys) await storage.remove(key)
  if (gone.isLastOfContent) await previews.forget(known.content_hash)
  await (forgetNote as (() => Promise<void>) | null)?.()
  events.publish(known.project_id, { kind: 'image-removed', imageId, projectId: known.project_id })
}

/** Every row that uses the file, held in one order: of two purges at once, or a purge and a copy, one waits. */
async function lockFile(trx: Transaction<Tables>, uri: string): Promise<ImageRow[]> {
  return trx.selectFrom('images').selectAll().where('uri', '=', uri).orderBy('id').forUpdate().execute()
}

/** Asked after the lock, so that a copy made while one waited counts. */
async function isUsedElsewhere(
  trx: Transaction<Tables>,
  image: ImageRow,
  column: 'uri' | 'content_hash',
): Promise<boolean> {
  let query = trx.selectFrom('images').select('id').where('id', '<>', image.id).where(column, '=', image[column])
  if (column === 'content_hash') query = query.where('project_id', '=', image.project_id)
  return (await query.limit(1).executeTakeFirst()) !== undefined
}
