import type { ArticleId, BlockId } from '@vesalius/contracts'
import { sql, type Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import { pairsColumn } from '../../db/search/pairs.ts'
import type { BlockRow } from '../../db/tables/articles.ts'
import type { Tables } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import { hashOf } from './block-hash.ts'
import { headingsOf } from './split-markdown.ts'

/**
 * The linked list of an article's blocks. A link is valid from the revision it was born in until the one it died in, so a
 * change closes the links it replaces and writes new ones, and an earlier revision is walked like the current one. What
 * holds at every revision: from the head (the article's own id) each block is reached once, and the last leads nowhere.
 */

export type Link = Pick<BlockRow, 'block_id' | 'next_id' | 'hash'>
export interface LinkedText {
  id: BlockId
  text: string
  tag: string
  nextId: BlockId | null
}

export const headOf = (articleId: ArticleId) => articleId as unknown as BlockId

interface Walk {
  articleId: ArticleId
  revision: number
  from: BlockId
  limit: number
}

/** At most `limit` links in order, from one on, as they were at a revision. */
export async function walkLinks(db: Db, { articleId, revision, from, limit }: Walk): Promise<Link[]> {
  const { rows } = await sql<Link>`
    WITH RECURSIVE walk AS (
      SELECT block_id, next_id, hash, 1 AS place FROM article_blocks
      WHERE article_id = ${articleId} AND block_id = ${from} AND born <= ${revision} AND (died IS NULL OR died > ${revision})
      UNION ALL
      SELECT b.block_id, b.next_id, b.hash, place + 1 FROM walk JOIN article_blocks b
        ON b.article_id = ${articleId} AND b.block_id = walk.next_id AND b.born <= ${revision} AND (b.died IS NULL OR b.died > ${revision})
      WHERE place < ${limit}
    ) SELECT block_id, next_id, hash FROM walk ORDER BY place`.execute(db)
  return rows
}

/** The links before a current block, nearest first, at most `limit`; the head comes last. */
export async function walkBack(db: Db, articleId: ArticleId, before: BlockId, limit: number): Promise<Link[]> {
  const { rows } = await sql<Link>`
    WITH RECURSIVE walk AS (
      SELECT block_id, next_id, hash, 1 AS place FROM article_blocks
      WHERE article_id = ${articleId} AND next_id = ${before} AND died IS NULL
      UNION ALL
      SELECT b.block_id, b.next_id, b.hash, place + 1 FROM walk JOIN article_blocks b
        ON b.article_id = ${articleId} AND b.next_id = walk.block_id AND b.died IS NULL
      WHERE place < ${limit}
    ) SELECT block_id, next_id, hash FROM walk ORDER BY place`.execute(db)
  return rows
}

/** A current link. */
export async function findLink(db: Db, articleId: ArticleId, blockId: BlockId): Promise<BlockRow | undefined> {
  return db
    .selectFrom('article_blocks')
    .selectAll()
    .where('article_id', '=', articleId)
    .where('block_id', '=', blockId)
    .where('died', 'is', null)
    .executeTakeFirst()
}

const PAGE = 300

/** The texts of links, in their order; the head has none. */
export async function readTexts(db: Db, articleId: ArticleId, links: readonly Link[]): Promise<LinkedText[]> {
  const texts = await textsByHash(
    db,
    articleId,
    links.flatMap(({ hash }) => hash ?? []),
  )
  return links.flatMap(({ block_id, next_id, hash }) =>
    hash === null ? [] : [{ id: block_id, text: texts.get(hash) ?? '', tag: hash, nextId: next_id }],
  )
}

export async function textsByHash(
  db: Db,
  articleId: ArticleId,
  hashes: readonly string[],
): Promise<Map<string, string>> {
  const rows = await byHash(hashes, (page) =>
    db
      .selectFrom('article_contents')
      .select(['hash', 'text'])
      .where('article_id', '=', articleId)
      .where('hash', 'in', page)
      .execute(),
  )
  return new Map(rows.map(({ hash, text }) => [hash, text]))
}

/** What is asked of contents, some hundred hashes at a time, each once. */
export async function byHash<Row>(
  hashes: readonly string[],
  read: (page: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const wanted = [...new Set(hashes)]
  const rows: Row[] = []
  for (let at = 0; at < wanted.length; at += PAGE) rows.push(...(await read(wanted.slice(at, at + PAGE))))
  return rows
}

interface Splice {
  articleId: ArticleId
  /** The one being written. */
  revision: number
  /** The link before what is replaced, and what is replaced: links that follow each other, maybe none. */
  before: Link
  replaced: readonly Link[]
  texts: readonly string[]
}

/** Puts texts in the place of links; blocks keep their ids in order. Answers how many links of blocks it wrote or ended. */
export async function spliceBlocks(
  trx: Transaction<Tables>,
  { articleId, revision, before, replaced, texts }: Splice,
): Promise<number> {
  const after = replaced.at(-1)?.next_id ?? (replaced.length > 0 ? null : before.next_id)
  const ids = texts.map((_, at) => replaced[at]?.block_id ?? newId<BlockId>())
  const links = texts.map((text, at): Link & { block_id: BlockId } => ({
    block_id: ids[at] as BlockId,
    next_id: ids[at + 1] ?? after,
    hash: hashOf(text),
  }))
  const written = links.filter((link, at) => !isSame(link, replaced[at]))
  const ended = replaced.slice(links.length)
  await writeContents(trx, articleId, texts)
  const head: Link = { ...before, next_id: ids[0] ?? after }
  await writeLinks(trx, { articleId, revision, links: isSame(head, before) ? written : [head, ...written], ended })
  return written.length + ended.length
}

const isSame = (link: Link, known: Link | undefined) => known?.next_id === link.next_id && known.hash === link.hash

/** Closes the current links of these blocks and writes the new ones; keeps what is searched up to date. */
export async function writeLinks(
  trx: Transaction<Tables>,
  {
    articleId,
    revision,
    links,
    ended,
  }: { articleId: ArticleId; revision: number; links: readonly Link[]; ended: readonly Link[] },
): Promise<void> {
  const closed = [...links, ...ended].map(({ block_id }) => block_id)
  for (let at = 0; at < closed.length; at += PAGE) {
    await trx
      .updateTable('article_blocks')
      .set({ died: revision })
      .where('article_id', '=', articleId)
      .where('block_id', 'in', closed.slice(at, at + PAGE))
      .where('died', 'is', null)
      .execute()
  }
  for (let at = 0; at < links.length; at += PAGE) {
    const rows = links
      .slice(at, at + PAGE)
      .map((link) => ({ article_id: articleId, born: revision, died: null, ...link }))
    await trx.insertInto('article_blocks').values(rows).execute()
  }
  await forgetWords(
    trx,
    articleId,
    ended.map(({ block_id }) => block_id),
  )
  const texts = await textsByHash(
    trx,
    articleId,
    links.flatMap(({ hash }) => hash ?? []),
  )
  await learnWords(
    trx,
    articleId,
    links.flatMap(({ block_id, hash }) => (hash === null ? [] : [{ id: block_id, text: texts.get(hash) ?? '' }])),
  )
}

export async function learnWords(
  trx: Transaction<Tables>,
  articleId: ArticleId,
  items: readonly { id: BlockId; text: string }[],
): Promise<void> {
  for (let at = 0; at < items.length; at += PAGE) {
    await trx
      .insertInto('article_search')
      .values(
        items
          .slice(at, at + PAGE)
          .map(({ id, text }) => ({ article_id: articleId, block_id: id, pairs: pairsColumn(text) })),
      )
      .onConflict((conflict) =>
        conflict.columns(['article_id', 'block_id']).doUpdateSet({ pairs: (set) => set.ref('excluded.pairs') }),
      )
      .execute()
  }
}

async function forgetWords(trx: Transaction<Tables>, articleId: ArticleId, ids: readonly BlockId[]): Promise<void> {
  for (let at = 0; at < ids.length; at += PAGE) {
    await trx
      .deleteFrom('article_search')
      .where('article_id', '=', articleId)
      .where('block_id', 'in', ids.slice(at, at + PAGE))
      .execute()
  }
}

/** Texts are kept once, whatever revision they come from. */
async function writeContents(trx: Transaction<Tables>, articleId: ArticleId, texts: readonly string[]): Promise<void> {
  const byHash = new Map(texts.map((text) => [hashOf(text), text]))
  const rows = [...byHash].map(([hash, text]) => ({
    article_id: articleId,
    hash,
    text,
    headings: json(headingsOf(text)),
  }))
  for (let at = 0; at < rows.length; at += PAGE) {
    await trx
      .insertInto('article_contents')
      .values(rows.slice(at, at + PAGE))
      .onConflict((conflict) => conflict.columns(['article_id', 'hash']).doNothing())
      .execute()
  }
}
