import {
  AppError,
  type ArticleId,
  type ArticleVisibility,
  holdsRight,
  type OrganisationId,
  type ProjectId,
} from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ArticleRow } from '../../db/tables/articles.ts'
import type { Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { forbidden, requireArticleHome } from '../projects/access.ts'
import { noArticle, requireArticle } from './require-article.ts'

/** What happens to an article as a whole: whose it is, and its life in and out of the bin. */

interface Home {
  visibility: ArticleVisibility
  organisationId: OrganisationId | null
  projectId: ProjectId | null
}
export type HomeChange = { [Name in keyof Home]?: Home[Name] | undefined }

/** The home after a change. Throws VALIDATION_FAILED where it does not fit who is to read it. */
export function homeOf(change: HomeChange, known: Home): Home {
  const visibility = change.visibility ?? known.visibility
  const isMoved = change.organisationId !== undefined || change.projectId !== undefined
  const chosen = isMoved
    ? { organisationId: change.organisationId ?? null, projectId: change.projectId ?? null }
    : known
  const home =
    visibility === 'private'
      ? { visibility, organisationId: null, projectId: null }
      : { visibility, organisationId: chosen.organisationId, projectId: chosen.projectId }
  if (home.organisationId && home.projectId)
    throw unfit('An article belongs to an organisation or a project, not both.')
  if (visibility === 'organisation' && !home.organisationId) throw unfit('Name the organisation that is to read it.')
  if (visibility === 'project' && !home.projectId) throw unfit('Name the project whose people are to read it.')
  return home
}

const unfit = (message: string) => new AppError('VALIDATION_FAILED', message)

/** What `change` asks for beyond the words. Throws FORBIDDEN without the right to manage it. */
export async function moveTo(db: Db, user: SignedIn, articleId: ArticleId, change: HomeChange): Promise<Home> {
  const { article, access } = await requireArticle(db, user, articleId, 'review')
  const known = {
    visibility: article.visibility,
    organisationId: article.organisation_id,
    projectId: article.project_id,
  }
  const home = homeOf(change, known)
  const isSameHome = home.organisationId === known.organisationId && home.projectId === known.projectId
  if (isSameHome && home.visibility === known.visibility) return home
  if (!holdsRight(access, 'manage')) throw forbidden()
  if (!isSameHome) await requireArticleHome(db, user, home)
  return home
}

export async function setFrozen(db: Db, articleId: ArticleId, isFrozen: boolean): Promise<void> {
  await change(db, articleId, async (trx, article) => {
    if (article.deleted_at) throw inBin()
    if ((article.frozen_at !== null) === isFrozen) return
    await trx
      .updateTable('articles')
      .set({ frozen_at: isFrozen ? new Date() : null })
      .where('id', '=', articleId)
      .execute()
  })
}

/** A frozen article is not put away either. */
export async function putInBin(db: Db, articleId: ArticleId): Promise<void> {
  await change(db, articleId, async (trx, article) => {
    if (article.frozen_at) throw new AppError('ARTICLE_FROZEN', 'The article is frozen. Unfreeze it first.')
    if (article.deleted_at) return
    await trx.updateTable('articles').set({ deleted_at: new Date() }).where('id', '=', articleId).execute()
    await trx.deleteFrom('project_guidelines').where('article_id', '=', articleId).execute()
  })
}

export async function takeOutOfBin(db: Db, articleId: ArticleId): Promise<void> {
  await change(db, articleId, async (trx, article) => {
    if (!article.deleted_at) throw new AppError('CONFLICT', 'The article is not in the bin.')
    await trx.updateTable('articles').set({ deleted_at: null }).where('id', '=', articleId).execute()
  })
}

export async function purgeArticle(db: Db, articleId: ArticleId): Promise<void> {
  await change(db, articleId, async (trx, article) => {
    if (!article.deleted_at) throw new AppError('CONFLICT', 'Put the article in the bin first.')
    await trx.deleteFrom('message_topics').where('article_id', '=', articleId).execute()
    await trx.deleteFrom('articles').where('id', '=', articleId).execute()
  })
}

/** Articles of an organisation or project that ends become their authors' own. */
export async function releaseArticles(
  trx: Transaction<Tables>,
  { column, id }: { column: 'organisation_id' | 'project_id'; id: string },
): Promise<void> {
  await trx
    .updateTable('articles')
    .set({ visibility: 'private', organisation_id: null, project_id: null })
    .where(column, '=', id as never)
    .where('visibility', '<>', 'public')
    .execute()
  await trx
    .updateTable('articles')
    .set({ organisation_id: null, project_id: null })
    .where(column, '=', id as never)
    .execute()
}

async function change(
  db: Db,
  articleId: ArticleId,
  act: (trx: Transaction<Tables>, article: ArticleRow) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const article = await trx
      .selectFrom('articles')
      .selectAll()
      .where('id', '=', articleId)
      .forUpdate()
      .executeTakeFirst()
    if (!article) throw noArticle()
    await act(trx, article)
  })
}

function inBin(): AppError {
  return new AppError('CONFLICT', 'The article is in the bin. Restore it first.')
}
