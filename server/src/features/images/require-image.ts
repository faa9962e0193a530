import { type Access, AppError, type ImageId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { mayReview, mayUseProject } from '../projects/access.ts'
import { findImage } from './images.queries.ts'

/**
 * An image the caller owns, or that was shared with them; those do not see it in the bin. Throws NOT_FOUND when it is
 * missing or neither: outsiders cannot tell which.
 */
export async function requireImage(
  db: Db,
  user: SignedIn,
  imageId: ImageId,
): Promise<{ image: ImageRow; project: ProjectRow; access: Access }> {
  const image = await findImage(db, imageId)
  if (!image) throw notFound()
  const project = await db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', image.project_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!project) throw notFound()
  if (mayUseProject(user, project)) return { image, project, access: 'owner' }
  if (image.state !== 'DELETED' && mayReview(user, project)) return { image, project, access: 'reviewer' }
  if (image.state !== 'DELETED' && (await isEditor(db, user, imageId))) return { image, project, access: 'editor' }
  throw notFound()
}

/** As `requireImage`; throws FORBIDDEN for reviewers and those with whom it was only shared. */
export async function requireOwnImage(
  db: Db,
  user: SignedIn,
  imageId: ImageId,
): Promise<{ image: ImageRow; project: ProjectRow }> {
  const { image, project, access } = await requireImage(db, user, imageId)
  if (access !== 'owner') {
    throw new AppError('FORBIDDEN', 'The image is not yours: only its owner can do this.')
  }
  return { image, project }
}

async function isEditor(db: Db, user: SignedIn, imageId: ImageId): Promise<boolean> {
  const share = await db
    .selectFrom('image_editors')
    .select('user_id')
    .where('image_id', '=', imageId)
    .where('user_id', '=', user.id)
    .executeTakeFirst()
  return share !== undefined
}

/** Throws IMAGE_FROZEN, or CONFLICT for an image in the bin. */
export function refuseUnchangeable(image: Pick<ImageRow, 'state'>): void {
  if (image.state === 'FROZEN') {
    throw new AppError('IMAGE_FROZEN', 'The image is frozen: nothing can change it until it is unfrozen.')
  }
  refuseDeleted(image)
}

/** Throws CONFLICT for an image in the bin. */
export function refuseDeleted(image: Pick<ImageRow, 'state'>): void {
  if (image.state === 'DELETED') throw new AppError('CONFLICT', 'The image is in the bin. Restore it first.')
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such image, or you may not see it.')
}
