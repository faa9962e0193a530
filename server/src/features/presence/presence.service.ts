import type { Activity, ImageId, Presence, ProjectId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { requireImage } from '../images/require-image.ts'
import { findTarget } from '../readings/reading-target.ts'
import { dropBeat, findPresent, keepBeat, sweepPresences } from './presence.queries.ts'

type Parts = Pick<Context, 'db' | 'events'>

interface Page {
  imageId: ImageId
  tab: string
}

/**
 * Keeps that a page shows an image, and tells the others where that is news. The database holds who is there, so that
 * every process knows the same. Answers who else is there.
 */
export async function announcePresence(
  parts: Parts,
  user: SignedIn,
  { activity, ...page }: Page & { activity: Activity },
): Promise<Presence[]> {
  const { project } = await requireImage(parts.db, user, page.imageId, 'view')
  // Who reads for themselves edits a label of their own: nobody needs to know, nor to be told.
  if (await findTarget(parts.db, user, project, page.imageId)) return []
  const isNews = await keepBeat(parts.db, { ...page, activity, userId: user.id })
  if (isNews) await sweepPresences(parts.db)
  const items = await findPresent(parts.db, page.imageId)
  if (isNews) publish(parts, project.id, page.imageId, items)
  return items.filter(({ id }) => id !== user.id)
}

/** Also for those who may no longer see the image: it takes nothing but their own page away. */
export async function leaveImage(parts: Parts, user: SignedIn, page: Page): Promise<void> {
  const wasThere = await dropBeat(parts.db, { ...page, userId: user.id })
  if (!wasThere) return
  const image = await parts.db
    .selectFrom('images')
    .select('project_id')
    .where('id', '=', page.imageId)
    .executeTakeFirst()
  if (image) publish(parts, image.project_id, page.imageId, await findPresent(parts.db, page.imageId))
}

function publish({ events }: Parts, projectId: ProjectId, imageId: ImageId, items: Presence[]): void {
  events.publish(projectId, { kind: 'presence', projectId, imageId, items })
}
