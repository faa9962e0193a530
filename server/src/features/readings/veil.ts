import { AppError, countMarks, type Image, type ImageId, readClassAnswer } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findTarget, findTargets, type ReadingTarget } from './reading-target.ts'

type Project = Pick<ProjectRow, 'id' | 'owner_id' | 'organisation_id'>

/** Images as a person may see them: where they read for themselves, with their own label and nothing of the others'. */
export async function veilImages(db: Db, user: SignedIn, project: Project, images: Image[]): Promise<Image[]> {
  const targets = await findTargets(
    db,
    user,
    project,
    images.map(({ id }) => id),
  )
  return targets.size === 0 ? images : images.map((image) => veil(image, user, targets.get(image.id)))
}

function veil(image: Image, user: SignedIn, target: ReadingTarget | undefined): Image {
  if (!target) return image
  const data = target.reading?.data ?? null
  const submittedAt = target.reading?.submitted_at?.toISOString() ?? null
  const own = {
    annotatedAt: submittedAt,
    annotatedBy: submittedAt === null ? null : user.id,
    labelRevision: target.reading?.revision ?? 0,
    labelValue: data === null ? null : (readClassAnswer(data)?.value ?? null),
    labelMarks: data === null ? (image.labelMarks === null ? null : 0) : countMarks(data),
  }
  return {
    ...image,
    ...own,
    guess: target.hidesGuess ? null : image.guess,
    ...(target.hidesLabel ? { review: 'unreviewed' as const, openComments: 0, skip: null } : {}),
  }
}

/** Throws NOT_FOUND where a person must not see what others, or models, say of an image while they read it. */
export async function refuseVeiled(
  db: Db,
  user: SignedIn,
  project: Project,
  { imageId, what }: { imageId: ImageId; what: 'label' | 'guess' },
): Promise<void> {
  const target = await findTarget(db, user, project, imageId)
  if (!target || !(what === 'label' ? target.hidesLabel : target.hidesGuess)) return
  throw new AppError('NOT_FOUND', 'You read this image for yourself: this is shown once you have finished.')
}

export async function isVeiled(
  db: Db,
  user: SignedIn,
  project: Project,
  { imageId, what }: { imageId: ImageId; what: 'label' | 'guess' },
): Promise<boolean> {
  const target = await findTarget(db, user, project, imageId)
  return target !== null && (what === 'label' ? target.hidesLabel : target.hidesGuess)
}
