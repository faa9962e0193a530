import { AppError, type ImageId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ImageRow } from '../../db/tables.ts'
import { findImage } from './images.queries.ts'

/** What addresses at a CDN name: an image, and the content that it had when they were made. */
export const contentOf = ({ id, content_hash }: ImageRow) => ({ imageId: id, contentHash: content_hash })

/** Nothing in the bin is handed out. Throws NOT_FOUND. */
export async function findForCdn(
  db: Db,
  { imageId, contentHash }: { imageId: ImageId; contentHash: string },
): Promise<ImageRow> {
  const image = await findImage(db, imageId)
  if (!image || image.state === 'DELETED' || image.content_hash !== contentHash) {
    throw new AppError('NOT_FOUND', 'There is nothing at this address.')
  }
  return image
}
