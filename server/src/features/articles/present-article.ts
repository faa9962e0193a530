import type { Access, Article, OrganisationId, ProjectId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ArticleRow } from '../../db/tables/articles.ts'
import { nameOf } from '../people/people.queries.ts'

const NOBODY = '—'

export interface Presentable {
  article: ArticleRow
  access: Access
}

export async function presentArticles(db: Db, items: readonly Presentable[]): Promise<Article[]> {
  const rows = items.map(({ article }) => article)
  const people = await nameOf(db, [...new Set(rows.flatMap((row) => [row.author_id, row.updated_by]))])
  const homes = await namesOfHomes(db, rows)
  return items.map(({ article, access }) => ({
    id: article.id,
    title: article.title,
    summary: article.summary,
    state: article.state,
    visibility: article.visibility,
    organisationId: article.organisation_id,
    projectId: article.project_id,
    homeName: homes.get(article.organisation_id ?? article.project_id ?? '') ?? null,
    author: { id: article.author_id, username: people.get(article.author_id) ?? NOBODY },
    access,
    frozenAt: article.frozen_at?.toISOString() ?? null,
    deletedAt: article.deleted_at?.toISOString() ?? null,
    revision: article.revision,
    blocks: article.block_count,
    bytes: article.byte_size,
    createdAt: article.created_at.toISOString(),
    updatedAt: article.updated_at.toISOString(),
    updatedBy: { id: article.updated_by, username: people.get(article.updated_by) ?? NOBODY },
  }))
}

export async function presentArticle(db: Db, item: Presentable): Promise<Article> {
  const [article] = await presentArticles(db, [item])
  return article as Article
}

async function namesOfHomes(db: Db, rows: readonly ArticleRow[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  const organisations = [
    ...new Set(rows.flatMap((row): OrganisationId[] => (row.organisation_id ? [row.organisation_id] : []))),
  ]
  const projects = [...new Set(rows.flatMap((row): ProjectId[] => (row.project_id ? [row.project_id] : [])))]
  if (organisations.length > 0) {
    const found = await db.selectFrom('organisations').select(['id', 'name']).where('id', 'in', organisations).execute()
    for (const { id, name } of found) names.set(id, name)
  }
  if (projects.length > 0) {
    const found = await db.selectFrom('projects').select(['id', 'name']).where('id', 'in', projects).execute()
    for (const { id, name } of found) names.set(id, name)
  }
  return names
}
