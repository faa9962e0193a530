import { type Access, AppError, type ArticleId, holdsRight, type Right } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ArticleRow } from '../../db/tables/articles.ts'
import type { Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { articleRoles, forbidden } from '../projects/access.ts'

/**
 * An article on which the caller holds the right. Only those who manage it see it in the bin. Throws NOT_FOUND when it
 * is missing or nothing of theirs: outsiders cannot tell which. Throws FORBIDDEN for those who see it but lack the right.
 */
export async function requireArticle(
  db: Db,
  user: SignedIn,
  articleId: ArticleId,
  right: Right,
): Promise<{ article: ArticleRow; access: Access }> {
  const article = await db.selectFrom('articles').selectAll().where('id', '=', articleId).executeTakeFirst()
  const access = article ? await articleRoles(db, user)(article) : null
  if (!article || !access || (article.deleted_at && !holdsRight(access, 'manage'))) throw noArticle()
  if (!holdsRight(access, right)) throw forbidden()
  return { article, access }
}

/** The row, held until the transaction ends; refuses what is frozen or in the bin. */
export async function holdArticle(trx: Transaction<Tables>, articleId: ArticleId): Promise<ArticleRow> {
  const article = await trx
    .selectFrom('articles')
    .selectAll()
    .where('id', '=', articleId)
    .forUpdate()
    .executeTakeFirst()
  if (!article) throw noArticle()
  if (article.deleted_at) throw new AppError('CONFLICT', 'The article is in the bin. Restore it first.')
  if (article.frozen_at) {
    throw new AppError('ARTICLE_FROZEN', 'The article is frozen: nothing can change it until it is unfrozen.')
  }
  return article
}

export function noArticle(): AppError {
  return new AppError('NOT_FOUND', 'There is no such article, or you may not see it.')
}

export function changedMeanwhile(): AppError {
  return new AppError('ARTICLE_CHANGED', 'Somebody else changed this meanwhile. Look at it again.')
}
