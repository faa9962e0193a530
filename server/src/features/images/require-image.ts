import { type Access, AppError, holdsRightOnImage, type ImageId, type Right } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { forbidden, roleOnProject } from '../projects/access.ts'
import { findImage } from './images.queries.ts'

/**
 * An image on which the caller holds the right, by their role in its project or because it was shared with them. Only
 * those who manage it see it in the bin. Throws NOT_FOUND when it is missing or nothing of theirs: outsiders cannot tell which.
 * Throws FORBIDDEN for those who see it but lack the right.
 */
export async function requireImage(
  db: Db,
  user: SignedIn,
  imageId: ImageId,
  right: Right,
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
  const access = roleOnProject(user, project) ?? (await roleByShare(db, user, image))
  if (!access || (image.state === 'DELETED' && !holdsRightOnImage(access, 'manage'))) throw notFound()
  if (!holdsRightOnImage(access, right)) {
    // A member who only views may still have been handed this one image to label.
    const shared = access === 'editor' ? null : await roleByShare(db, user, image)
    if (!shared || !holdsRightOnImage(shared, right)) throw forbidden()
  }
  return { image, project, access }
}

async function roleByShare(db: Db, user: SignedIn, image: ImageRow): Promise<'editor' | null> {
  if (image.state === 'DELETED') return null
  const share = await db
    .selectFrom('shared_images')
    .select('user_id')
    .where('image_id', '=', image.id)
    .where('user_id', '=', user.id)
    .executeTakeFirst()
  return share ? 'editor' : null
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
