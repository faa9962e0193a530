import type { ArticleId, Discussion, ImageId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findThread } from '../threads/threads.ts'
import { findMessages } from './message-rows.ts'
import { presentMessages } from './present-messages.ts'

const MOST_LISTED = 500

/** What was begun about an image or an article, oldest first. The caller has been let in to it. */
export async function listDiscussions(
  db: Db,
  user: SignedIn,
  about: { imageId: ImageId } | { articleId: ArticleId },
): Promise<Discussion[]> {
  let query = db.selectFrom('message_topics').select('first_id').orderBy('id').limit(MOST_LISTED)
  query =
    'imageId' in about ? query.where('image_id', '=', about.imageId) : query.where('article_id', '=', about.articleId)
  const ids = (await query.execute()).map((row) => row.first_id)
  const found: Discussion[] = []
  for (const first of await presentMessages(db, user, await findMessages(db, ids))) {
    const thread = await findThread(db, first.id)
    if (!thread) continue
    found.push({ topic: first.topic, first, size: thread.size, activeAt: thread.active_at.toISOString() })
  }
  return found
}
