import { AppError, type ArticleId, holdsRight, type OrganisationId, type ProjectId } from '@vesalius/contracts'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { holdsPairs, holdsWords, pairsOf, wordsOf } from '../../db/search/pairs.ts'
import type { ArticleRow } from '../../db/tables/articles.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { articleRoles } from '../projects/access.ts'
import type { Presentable } from './present-article.ts'

export interface ArticleFilter {
  q?: string | undefined
  which: 'all' | 'mine' | 'drafts' | 'bin'
  organisationId?: OrganisationId | undefined
  projectId?: ProjectId | undefined
  cursor?: string | undefined
  limit: number
}

/** One page, last changed first. The statement leaves out most of what the caller may not read, `articleRoles` decides. */
export async function findArticles(
  db: Db,
  user: SignedIn,
  filter: ArticleFilter,
): Promise<{ items: (Presentable & { excerpt: string | null })[]; nextCursor: string | null }> {
  const words = wordsOf(filter.q ?? '')
  let query = db
    .selectFrom('articles')
    .selectAll()
    .where(filter.which === 'mine' ? sql<boolean>`author_id = ${user.id}` : mayConcern(user))
    .where('deleted_at', filter.which === 'bin' ? 'is not' : 'is', null)
  if (filter.which === 'drafts') query = query.where('state', '=', 'draft')
  if (filter.organisationId) query = query.where('organisation_id', '=', filter.organisationId)
  if (filter.projectId) query = query.where('project_id', '=', filter.projectId)
  if (words.length > 0) query = query.where(holding(words))
  if (filter.cursor) query = query.where(isAfter(filter.cursor))
  const rows = await query
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const page = rows.slice(0, filter.limit)
  const last = rows.length > filter.limit ? page.at(-1) : undefined
  const shown = await keepReadable(db, user, page, filter.which)
  const excerpts = words.length > 0 ? await findExcerpts(db, shown, words) : new Map<ArticleId, string>()
  return {
    items: shown.map((item) => ({ ...item, excerpt: excerpts.get(item.article.id) ?? null })),
    nextCursor: last ? `${last.updated_at.getTime()}_${last.id}` : null,
  }
}

async function keepReadable(
  db: Db,
  user: SignedIn,
  rows: readonly ArticleRow[],
  which: ArticleFilter['which'],
): Promise<Presentable[]> {
  const roleOn = articleRoles(db, user)
  const shown: Presentable[] = []
  for (const article of rows) {
    const access = await roleOn(article)
    if (access && (which !== 'bin' || holdsRight(access, 'manage'))) shown.push({ article, access })
  }
  return shown
}

/** Others' private articles stay out of an administrator's list too. */
function mayConcern(user: SignedIn): RawBuilder<boolean> {
  if (user.role === 'administrator') return sql<boolean>`(visibility <> 'private' OR author_id = ${user.id})`
  const organisations = textList([...user.memberships.keys()])
  const reviews = textList([...user.reviews])
  return sql<boolean>`(author_id = ${user.id}
    OR (visibility = 'public' AND state = 'published')
    OR organisation_id = ANY (${organisations})
    OR project_id IN (
      SELECT id FROM projects WHERE (owner_id = ${user.id} AND organisation_id IS NULL)
        OR organisation_id = ANY (${organisations}) OR id = ANY (${reviews})
      UNION SELECT project_id FROM shared_images WHERE user_id = ${user.id}))`
}

const textList = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::text::text[]`

function isAfter(cursor: string): RawBuilder<boolean> {
  const [, time, id] = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (!time || !id) throw new AppError('BAD_REQUEST', 'The cursor is not one of this list.')
  return sql<boolean>`(updated_at, id) < (${new Date(Number(time)).toISOString()}::timestamptz, ${id})`
}

/** The words in the title or in one block. Without a pair (a single letter) only titles are looked at. */
function holding(words: readonly string[]): RawBuilder<boolean> {
  if (words.flatMap(pairsOf).length === 0) return holdsWords('title', words)
  return sql<boolean>`id IN (SELECT s.article_id ${hits(words)})`
}

const hits = (words: readonly string[]) => sql`
  FROM article_search s
  JOIN articles t ON t.id = s.article_id
  JOIN article_blocks b ON b.article_id = s.article_id AND b.block_id = s.block_id AND b.died IS NULL
  LEFT JOIN article_contents c ON c.article_id = b.article_id AND c.hash = b.hash
  WHERE ${holdsPairs('s.pairs', words)} AND ((b.hash IS NULL AND ${holdsWords('t.title', words)}) OR ${holdsWords('c.text', words)})`

const AROUND = 70

/** The words around the first place in a block that holds them; titles show themselves. */
async function findExcerpts(
  db: Db,
  items: readonly Presentable[],
  words: readonly string[],
): Promise<Map<ArticleId, string>> {
  const excerpts = new Map<ArticleId, string>()
  if (items.length === 0 || words.flatMap(pairsOf).length === 0) return excerpts
  const ids = textList(items.map(({ article }) => article.id))
  const { rows } = await sql<{ id: ArticleId; text: string }>`
    SELECT DISTINCT ON (s.article_id) s.article_id AS id, c.text ${hits(words)}
      AND s.article_id = ANY (${ids}) AND c.text IS NOT NULL
    ORDER BY s.article_id, s.block_id`.execute(db)
  for (const { id, text } of rows) excerpts.set(id, excerptOf(text, words))
  return excerpts
}

function excerptOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase()
  const places = words.map((word) => lower.indexOf(word.toLowerCase())).filter((at) => at >= 0)
  const at = Math.max(0, Math.min(...places, text.length))
  const from = Math.max(0, at - AROUND)
  const to = Math.min(text.length, at + 2 * AROUND)
  const part = text.slice(from, to).replace(/\s+/g, ' ').trim().toWellFormed()
  return `${from > 0 ? '…' : ''}${part}${to < text.length ? '…' : ''}`
}
