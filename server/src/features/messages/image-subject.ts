import { AppError, type UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findActingUser } from '../accounts/acting-user.ts'
import { requireImage } from '../images/require-image.ts'
import { refuseVeiled } from '../readings/veil.ts'
import type { Subject, TopicRow } from './subjects.ts'

/** About an image or a place in it: whoever sees the image, unless they read it for themselves and have not finished. */
export const imageSubject: Subject = {
  require: requireSeen,
  readers: readersAmong,
  /** Who uploaded it and who annotated it. */
  async listeners(db, topic) {
    const image = await db
      .selectFrom('images')
      .select(['owner_id', 'annotated_by'])
      .where('id', '=', topic.image_id)
      .executeTakeFirst()
    if (!image) return []
    const ids = new Set(image.annotated_by ? [image.owner_id, image.annotated_by] : [image.owner_id])
    return readersAmong(db, topic, [...ids])
  },
}

async function requireSeen(db: Db, user: SignedIn, { image_id: imageId }: TopicRow): Promise<void> {
  if (!imageId) return
  const { project } = await requireImage(db, user, imageId, 'view')
  await refuseVeiled(db, user, project, { imageId, what: 'label' })
}

async function readersAmong(db: Db, topic: TopicRow, candidates: readonly UserId[]): Promise<UserId[]> {
  const found: UserId[] = []
  for (const id of candidates) {
    const user = await findActingUser(db, id)
    if (user && (await isSeen(db, user, topic))) found.push(id)
  }
  return found
}

async function isSeen(db: Db, user: SignedIn, topic: TopicRow): Promise<boolean> {
  try {
    await requireSeen(db, user, topic)
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
