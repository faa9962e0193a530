import {
  AppError,
  type Image,
  type ImageId,
  type ImageOrder,
  type ImageState,
  type ProjectId,
  type ReviewState,
  type SkipReason,
  type StudyId,
  type UserId,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { enqueuePrelabel, PRELABEL_PRIORITY } from '../predictions/prelabel-queue.ts'
import { requireProjectView } from '../projects/access.ts'
import { isNotVeiledFrom, isReadFor } from '../readings/reading-target.ts'
import { veilImages } from '../readings/veil.ts'
import { changeImage } from './change-image.ts'
import { readImageCursor, writeImageCursor } from './image-cursor.ts'
import { cleanImageName } from './image-name.ts'
import { findImages, ofClass } from './images.queries.ts'
import { presentImage } from './present-image.ts'
import { refuseUnchangeable, requireImage } from './require-image.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events'>

export interface ImageListing {
  projectId: ProjectId
  state?: ImageState | undefined
  annotated?: boolean | undefined
  class?: number | undefined
  text?: string | undefined
  skipped?: boolean | undefined
  skipReason?: SkipReason | undefined
  burnedIn?: boolean | undefined
  scoreFrom?: number | undefined
  scoreTo?: number | undefined
  annotatedBy?: UserId | undefined
  review?: ReviewState | undefined
  reviewedBy?: UserId | undefined
  study?: StudyId | undefined
  read?: boolean | undefined
  from?: string | undefined
  to?: string | undefined
  order: ImageOrder
  cursor?: string | undefined
  limit: number
}

/** Filters by what people or models said. */
const CONTENT = [
  'annotated',
  'class',
  'scoreFrom',
  'scoreTo',
  'annotatedBy',
  'review',
  'reviewedBy',
  'skipped',
  'skipReason',
] as const

export async function listImages(db: Context['db'], user: SignedIn, { cursor, ...listing }: ImageListing) {
  const { project, access } = await requireProjectView(db, user, listing.projectId)
  const sharedWith = access === 'editor' ? user.id : undefined
  const after = readImageCursor(listing.order, cursor)
  const { study, read, ...filter } = listing
  // Who reads images for themselves must not find out by filters what they are not shown.
  const asksContent = listing.order === 'uncertain' || CONTENT.some((name) => listing[name] !== undefined)
  const only = [
    ...(asksContent ? [isNotVeiledFrom(user, project)] : []),
    ...(study ? [isReadFor(study, user, read)] : []),
  ]
  const rows = await findImages(db, {
    ...filter,
    ...ofClass(project, listing.class),
    only,
    sharedWith,
    after,
    limit: listing.limit + 1,
  })
  const page = rows.slice(0, listing.limit)
  const last = rows.length > page.length ? page.at(-1) : undefined
  return {
    items: await veilImages(
      db,
      user,
      project,
      page.map((row) => presentImage(row, project)),
    ),
    nextCursor: last ? writeImageCursor(listing.order, last) : null,
  }
}

export async function getImage(db: Context['db'], user: SignedIn, imageId: ImageId): Promise<Image> {
  const { image, project } = await requireImage(db, user, imageId, 'view')
  const [shown] = await veilImages(db, user, project, [presentImage(image, project)])
  return shown as Image
}

export async function renameImage(parts: Parts, user: SignedIn, imageId: ImageId, name: string): Promise<Image> {
  const clean = cleanImageName(name)
  if (!clean) throw new AppError('VALIDATION_FAILED', 'The name holds nothing that can be shown.')
  await requireImage(parts.db, user, imageId, 'manage')
  const { image, project } = await changeImage(parts, imageId, async (trx, current) => {
    refuseUnchangeable(current)
    await trx
      .updateTable('images')
      .set({ name: clean, updated_at: sql`clock_timestamp()` })
      .where('id', '=', imageId)
      .execute()
  })
  return presentImage(image, project)
}

/** Into the bin; what is there already stays as it is. */
export async function deleteImage(parts: Parts, user: SignedIn, imageId: ImageId): Promise<void> {
  await requireImage(parts.db, user, imageId, 'manage')
  await changeImage(parts, imageId, async (trx, image) => {
    if (image.state === 'DELETED') return
    refuseUnchangeable(image)
    await trx
      .updateTable('images')
      .set({
        state: 'DELETED',
        state_before: image.state,
        deleted_at: sql`clock_timestamp()`,
        updated_at: sql`clock_timestamp()`,
      })
      .where('id', '=', imageId)
      .execute()
    return image.annotated_at ? { annotations: -1, changes: 0 } : undefined
  })
}

/** Out of the bin, in the state it had; one that still waited for its first look waits again. */
export async function restoreImage(
  parts: Parts & Pick<Context, 'jobs'>,
  user: SignedIn,
  imageId: ImageId,
): Promise<Image> {
  await requireImage(parts.db, user, imageId, 'manage')
  const changed = await changeImage(parts, imageId, async (trx, current) => {
    if (current.state !== 'DELETED') return
    const state = current.state_before ?? 'NORMAL'
    await trx
      .updateTable('images')
      .set({ state, state_before: null, deleted_at: null, updated_at: sql`clock_timestamp()` })
      .where('id', '=', imageId)
      .execute()
    if (state === 'TO_LABEL') await enqueuePrelabel(parts.jobs, trx, [imageId], PRELABEL_PRIORITY.upload)
    return current.annotated_at ? { annotations: 1, changes: 0 } : undefined
  })
  return presentImage(changed.image, changed.project)
}
