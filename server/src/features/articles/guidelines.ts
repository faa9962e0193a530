import { AppError, type Article, type ArticleId, holdsRight } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { articleRoles, forbidden } from '../projects/access.ts'
import { presentArticle } from './present-article.ts'
import { requireArticle } from './require-article.ts'

/** For those who see the project; null where none was chosen. */
export async function readGuideline(db: Db, user: SignedIn, project: ProjectRow): Promise<Article | null> {
  const article = await db
    .selectFrom('project_guidelines')
    .innerJoin('articles', 'articles.id', 'project_guidelines.article_id')
    .selectAll('articles')
    .where('project_guidelines.project_id', '=', project.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  const access = article ? await articleRoles(db, user)(article) : null
  return article && access ? presentArticle(db, { article, access }) : null
}

/**
 * Whoever sees the project may read the guideline, so who chooses it must manage the article, unless it is open to
 * everybody or to the people of the same project or organisation. Throws CONFLICT for a draft.
 */
export async function chooseGuideline(
  db: Db,
  user: SignedIn,
  project: ProjectRow,
  articleId: ArticleId | null,
): Promise<void> {
  if (articleId === null) {
    await db.deleteFrom('project_guidelines').where('project_id', '=', project.id).execute()
    return
  }
  const { article, access } = await requireArticle(db, user, articleId, 'see')
  if (article.state === 'draft' || article.deleted_at) throw new AppError('CONFLICT', 'Publish the article first.')
  const isTheirs =
    article.visibility === 'public' ||
    article.project_id === project.id ||
    (article.organisation_id !== null && article.organisation_id === project.organisation_id)
  if (!isTheirs && !holdsRight(access, 'manage')) throw forbidden()
  await db
    .insertInto('project_guidelines')
    .values({ project_id: project.id, article_id: articleId })
    .onConflict((conflict) => conflict.column('project_id').doUpdateSet({ article_id: articleId }))
    .execute()
}
