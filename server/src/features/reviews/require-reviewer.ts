import { AppError, type ImageId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { requireImage } from '../images/require-image.ts'
import { mayReview } from '../projects/access.ts'
import { refuseVeiled } from '../readings/veil.ts'

/** As `requireImage`; throws FORBIDDEN for those who see the image but may not decide on its label. */
export async function requireReviewableImage(
  db: Db,
  user: SignedIn,
  imageId: ImageId,
): Promise<{ image: ImageRow; project: ProjectRow }> {
  const found = await requireImage(db, user, imageId, 'view')
  await refuseVeiled(db, user, found.project, { imageId, what: 'label' })
  if (mayReview(user, found.project)) return found
  throw new AppError('FORBIDDEN', 'Only those whose project it is and its reviewers decide on labels.')
}
