import { AppError, type ArticleBlock, type ArticleHeading, type BlockId, MOST_ARTICLE_BYTES } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ArticleRow } from '../../db/tables/articles.ts'
import { byHash, findLink, headOf, type LinkedText, readTexts, walkBack, walkLinks } from './block-list.ts'
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

/** Walked first and read by hash then: in one statement the database plans the walk for far too many rows. */
export async function readHeadings(
  db: Db,
  { id, revision }: Pick<ArticleRow, 'id' | 'revision'>,
): Promise<ArticleHeading[]> {
  const links = await walkLinks(db, { articleId: id, revision, from: headOf(id), limit: MOST_ARTICLE_BYTES })
  const hashes = links.flatMap(({ hash }) => hash ?? [])
  const rows = await byHash(hashes, (page) =>
    db
      .selectFrom('article_contents')
      .select(['hash', 'headings'])
      .where('article_id', '=', id)
      .where('hash', 'in', page)
      .execute(),
  )
  const known = new Map(rows.map(({ hash, headings }) => [hash, headings]))
  return links
    .flatMap(({ block_id, hash }) =>
      (known.get(hash ?? '') ?? []).map((heading, index) => ({ blockId: block_id, index, ...heading })),
    )
    .slice(0, MOST_HEADINGS)
}
