import { AppError, type ArticleId, type UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findActingUser } from '../accounts/acting-user.ts'
import { requireArticle } from '../articles/require-article.ts'
import type { Subject, TopicRow } from './subjects.ts'

/** About an article: whoever may read it. Its author hears of each message. */
export const articleSubject: Subject = {
  async require(db, user, topic) {
    await requireArticle(db, user, topic.article_id as ArticleId, 'view')
  },
  readers: readersAmong,
  async listeners(db, topic) {
    const article = await db
      .selectFrom('articles')
      .select('author_id')
      .where('id', '=', topic.article_id as ArticleId)
      .executeTakeFirst()
    return article ? readersAmong(db, topic, [article.author_id]) : []
  },
}

/** Titles of articles by id. */
export async function articleNames(db: Db, ids: readonly ArticleId[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('articles').select(['id', 'title']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, title }) => [id, title]))
}

async function readersAmong(db: Db, topic: TopicRow, candidates: readonly UserId[]): Promise<UserId[]> {
  const found: UserId[] = []
  for (const id of candidates) {
    const user = await findActingUser(db, id)
    if (user && (await isRead(db, user, topic))) found.push(id)
  }
  return found
}

async function isRead(db: Db, user: SignedIn, topic: TopicRow): Promise<boolean> {
  try {
    await requireArticle(db, user, topic.article_id as ArticleId, 'view')
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
