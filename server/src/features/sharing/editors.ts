import { AppError, type ImageEditor, type ImageId, type UserId } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow, Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { changeImage } from '../images/change-image.ts'
import { presentImage } from '../images/present-image.ts'
import { refuseDeleted, requireImage } from '../images/require-image.ts'
import { findPlaces } from '../organisations/memberships.ts'
import { requirePerson } from '../people/people.queries.ts'
import { mayOnProject } from '../projects/access.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events'>

export async function listEditors(db: Db, imageId: ImageId): Promise<ImageEditor[]> {
  const rows = await db
    .selectFrom('image_editors')
    .innerJoin('users', 'users.id', 'image_editors.user_id')
    .select(['users.id', 'users.name', 'users.username', 'image_editors.created_at'])
    .where('image_id', '=', imageId)
    .orderBy('image_editors.created_at')
    .orderBy('users.id')
    .execute()
  return rows.map(({ id, name, username, created_at }) => ({
    id,
    username: username ?? name,
    addedAt: created_at.toISOString(),
  }))
}

/** Lets a person see and label an image; who may already, stays. */
export async function addEditor(
  parts: Parts,
  user: SignedIn,
  { imageId, userId }: { imageId: ImageId; userId: UserId },
): Promise<ImageEditor[]> {
  const { project } = await requireImage(parts.db, user, imageId, 'manage')
  await requirePerson(parts.db, userId)
  if (await labelsAll(parts.db, userId, project)) {
    throw new AppError('VALIDATION_FAILED', 'They label all of this project already.')
  }
  await changeEditors(parts, project, imageId, async (trx, image) => {
    refuseDeleted(image)
    await trx
      .insertInto('image_editors')
      .values({ image_id: imageId, user_id: userId, project_id: project.id, added_by: user.id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
  return listEditors(parts.db, imageId)
}

/** The owner ends any share, an editor their own. */
export async function removeEditor(
  parts: Parts,
  user: SignedIn,
  { imageId, userId }: { imageId: ImageId; userId: UserId },
): Promise<ImageEditor[]> {
  const { project } = await requireImage(parts.db, user, imageId, userId === user.id ? 'view' : 'manage')
  await changeEditors(parts, project, imageId, async (trx) => {
    await trx.deleteFrom('image_editors').where('image_id', '=', imageId).where('user_id', '=', userId).execute()
  })
  return listEditors(parts.db, imageId)
}

/** By their own role, also where they are administrators of the installation. */
async function labelsAll(db: Db, userId: UserId, project: ProjectRow): Promise<boolean> {
  return mayOnProject({ id: userId, role: 'user', ...(await findPlaces(db, userId)) }, project, 'annotate')
}

async function changeEditors(
  parts: Parts,
  project: ProjectRow,
  imageId: ImageId,
  change: (trx: Transaction<Tables>, image: ImageRow) => Promise<void>,
): Promise<void> {
  const { image } = await changeImage(parts, imageId, async (trx, before) => {
    await change(trx, before)
    await trx
      .updateTable('images')
      .set({
        editor_count: sql`(SELECT count(*) FROM image_editors WHERE image_id = ${imageId})`,
        updated_at: sql`clock_timestamp()`,
      })
      .where('id', '=', imageId)
      .execute()
  })
  // Who may see the image changed first; who sees it now hears of it after that.
  parts.events.publish(project.id, { kind: 'project', projectId: project.id })
  parts.events.publish(project.id, { kind: 'image', image: presentImage(image, project) })
}
