import type { ArticleId, ArticleState } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import type { homeOf } from './move-article.ts'
import { changedMeanwhile, holdArticle } from './require-article.ts'
import { type IsCurrent, writeRevision } from './write-article.ts'

interface Update {
  articleId: ArticleId
  title?: string | undefined
  state?: ArticleState | undefined
  home: ReturnType<typeof homeOf>
  isCurrent: IsCurrent
}

/** Title, state and home in one transaction; a new title is a revision. What is no longer published guides no project. */
export async function updateArticle(
  db: Db,
  user: SignedIn,
  { articleId, title, state, home, isCurrent }: Update,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const article = await holdArticle(trx, articleId)
    if (!isCurrent(String(article.revision))) throw changedMeanwhile()
    const next = {
      state: state ?? article.state,
      visibility: home.visibility,
      organisation_id: home.organisationId,
      project_id: home.projectId,
    }
    const isChanged = Object.entries(next).some(([name, value]) => article[name as keyof typeof next] !== value)
    if (isChanged)
      await trx
        .updateTable('articles')
        .set({ ...next, updated_at: new Date() })
        .where('id', '=', articleId)
        .execute()
    if (next.state === 'draft') await trx.deleteFrom('project_guidelines').where('article_id', '=', articleId).execute()
    if (title === undefined || title === article.title) return
    await writeRevision(trx, user, article, {
      ...{ kind: 'edited', title, changed: 0, blocks: article.block_count, bytes: article.byte_size },
    })
  })
}
