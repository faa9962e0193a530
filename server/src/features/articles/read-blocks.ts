import { AppError, type ArticleBlock, type ArticleHeading, type ArticleId, type BlockId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ArticleRow, BlockHeading } from '../../db/tables/articles.ts'
import { findLink, headOf, type LinkedText, readTexts, walkBack, walkLinks } from './block-list.ts'
import { noArticle } from './require-article.ts'

const MOST_HEADINGS = 5000

export interface BlockPage {
  items: ArticleBlock[]
  nextCursor: string | null
  hasBefore: boolean
  revision: number
}

interface Asked {
  cursor?: string | undefined
  from?: BlockId | undefined
  before?: BlockId | undefined
  limit: number
}

export async function readBlocks(db: Db, article: ArticleRow, asked: Asked): Promise<BlockPage> {
  if (asked.before) return readBefore(db, article, asked.before, asked.limit)
  const { revision, from } = asked.cursor
    ? readCursor(asked.cursor, article)
    : { revision: article.revision, from: asked.from }
  const head = headOf(article.id)
  const start = from ?? head
  const links = await walkLinks(db, {
    articleId: article.id,
    revision,
    from: start,
    limit: asked.limit + (from ? 0 : 1),
  })
  if (links.length === 0) throw noArticle()
  const blocks = await readTexts(db, article.id, links)
  const next = links.at(-1)?.next_id
  const isFirst =
    !from || (await walkLinks(db, { articleId: article.id, revision, from: head, limit: 1 }))[0]?.next_id === from
  return {
    items: blocks.map(present),
    nextCursor: next ? `${revision}.${next}` : null,
    hasBefore: !isFirst,
    revision,
  }
}

async function readBefore(db: Db, article: ArticleRow, before: BlockId, limit: number): Promise<BlockPage> {
  if (!(await findLink(db, article.id, before))) throw noArticle()
  const links = await walkBack(db, article.id, before, limit + 1)
  const hasBefore = links.length > limit && links.at(-1)?.hash !== null
  const blocks = await readTexts(db, article.id, links.slice(0, limit).reverse())
  return { items: blocks.map(present), nextCursor: null, hasBefore, revision: article.revision }
}

export const present = ({ id, text, tag }: LinkedText): ArticleBlock => ({ id, text, tag })

function readCursor(cursor: string, article: ArticleRow): { revision: number; from: BlockId } {
  const [, revision, from] = /^(\d{1,9})\.([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (!from || Number(revision) > article.revision)
    throw new AppError('BAD_REQUEST', 'The cursor is not one of this text.')
  return { revision: Number(revision), from: from as BlockId }
}

export async function readHeadings(db: Db, articleId: ArticleId): Promise<ArticleHeading[]> {
  const { rows } = await sql<{ block_id: BlockId; headings: BlockHeading[] }>`
    WITH RECURSIVE walk AS (
      SELECT block_id, next_id, hash, 1 AS place FROM article_blocks
      WHERE article_id = ${articleId} AND block_id = ${headOf(articleId)} AND died IS NULL
      UNION ALL
      SELECT b.block_id, b.next_id, b.hash, place + 1 FROM walk JOIN article_blocks b
        ON b.article_id = ${articleId} AND b.block_id = walk.next_id AND b.died IS NULL
    ) SELECT block_id, headings FROM walk JOIN article_contents c ON c.article_id = ${articleId} AND c.hash = walk.hash
      WHERE headings <> '[]' ORDER BY place LIMIT ${MOST_HEADINGS}`.execute(db)
  return rows
    .flatMap(({ block_id, headings }) => headings.map((heading, index) => ({ blockId: block_id, index, ...heading })))
    .slice(0, MOST_HEADINGS)
}
