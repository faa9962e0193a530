import { AppError, type ArticleId, type UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import { findActingUser } from '../accounts/acting-user.ts'
import { requireArticle } from '../articles/require-article.ts'
import type { Subject, TopicRow } from './subjects.ts'

/** About an article: whoever reads the article. Its author hears of it. */
export const articleSubject: Subject = {
  async require(db, user, { article_id: articleId }) {
    if (articleId) await requireArticle(db, user, articleId as ArticleId, 'see')
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

async function readersAmong(db: Db, topic: TopicRow, candidates: readonly UserId[]): Promise<UserId[]> {
  const found: UserId[] = []
  for (const id of candidates) {
    const user = await findActingUser(db, id)
    if (!user) continue
    try {
      await articleSubject.require(db, user, topic, 'read')
      found.push(id)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  return found
}

/** Titles of articles by id. */
export async function articleNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('articles')
    .select(['id', 'title'])
    .where('id', 'in', ids as readonly ArticleId[])
    .execute()
  return new Map(rows.map(({ id, title }) => [id as string, title]))
}
