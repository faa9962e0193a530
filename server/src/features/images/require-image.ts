import { AppError, type ImageId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { requireProject } from '../projects/access.ts'
import { findImage } from './images.queries.ts'

/** Throws NOT_FOUND when the image is missing or its project is not the caller's. */
export async function requireImage(
  db: Db,
  user: SignedIn,
  imageId: ImageId,
): Promise<{ image: ImageRow; project: ProjectRow }> {
  const image = await findImage(db, imageId)
  if (!image) throw notFound()
  const project = await requireProject(db, user, image.project_id).catch((error) => {
    throw error instanceof AppError && error.code === 'NOT_FOUND' ? notFound() : error
  })
  return { image, project }
}

/** Throws IMAGE_FROZEN, or CONFLICT for an image in the bin. */
export function refuseUnchangeable(image: Pick<ImageRow, 'state'>): void {
  if (image.state === 'FROZEN') {
    throw new AppError('IMAGE_FROZEN', 'The image is frozen: nothing can change it until it is unfrozen.')
  }
  if (image.state === 'DELETED') throw new AppError('CONFLICT', 'The image is in the bin. Restore it first.')
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such image, or you may not see it.')
}
