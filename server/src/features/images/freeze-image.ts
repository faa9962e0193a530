import type { Image, ImageId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { enqueuePrelabel, PRELABEL_PRIORITY } from '../predictions/prelabel-queue.ts'
import { changeImage } from './change-image.ts'
import { presentImage } from './present-image.ts'
import { refuseDeleted, requireImage } from './require-image.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events' | 'jobs'>

/** Nothing changes the image until it is unfrozen; one that is frozen stays so. */
export async function freezeImage(parts: Parts, user: SignedIn, imageId: ImageId): Promise<Image> {
  await requireImage(parts.db, user, imageId, 'manage')
  const { image, project } = await changeImage(parts, imageId, async (trx, current) => {
    refuseDeleted(current)
    if (current.state === 'FROZEN') return
    await trx
      .updateTable('images')
      .set({ state: 'FROZEN', state_before: current.state, updated_at: sql`clock_timestamp()` })
      .where('id', '=', imageId)
      .execute()
  })
  return presentImage(image, project)
}

/** Back to the state it had; one that still waited for its first look waits again. */
export async function unfreezeImage(parts: Parts, user: SignedIn, imageId: ImageId): Promise<Image> {
  await requireImage(parts.db, user, imageId, 'manage')
  const { image, project } = await changeImage(parts, imageId, async (trx, current) => {
    refuseDeleted(current)
    if (current.state !== 'FROZEN') return
    const state = current.state_before ?? 'NORMAL'
    await trx
      .updateTable('images')
      .set({ state, state_before: null, updated_at: sql`clock_timestamp()` })
      .where('id', '=', imageId)
      .execute()
    if (state === 'TO_LABEL') await enqueuePrelabel(parts.jobs, trx, [imageId], PRELABEL_PRIORITY.upload)
  })
  return presentImage(image, project)
}
