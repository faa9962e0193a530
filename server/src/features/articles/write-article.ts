import {
  AppError,
  type ArticleBlock,
  type ArticleId,
  type ArticleRevision,
  type ArticleState,
  type ArticleVisibility,
  type BlockId,
  MOST_ARTICLE_BYTES,
  type OrganisationId,
  type ProjectId,
} from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ArticleRow } from '../../db/tables/articles.ts'
import type { Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { requireArticleHome } from '../projects/access.ts'
import {
  findLink,
  headOf,
  type Link,
  learnWords,
  readTexts,
  spliceBlocks,
  walkBack,
  walkLinks,
  writeLinks,
} from './block-list.ts'
import { homeOf } from './move-article.ts'
import { changedMeanwhile, holdArticle, noArticle } from './require-article.ts'
import { MOST_BLOCK_BYTES, splitMarkdown, summaryOf } from './split-markdown.ts'

/** Every way in which the words of an article change: each one transaction and one revision, or nothing. */

export interface NewArticle {
  title: string
  text: string
  state: ArticleState
  visibility?: ArticleVisibility | undefined
  organisationId?: OrganisationId | null | undefined
  projectId?: ProjectId | null | undefined
}

/** Whether a tag that the caller saw is still the current one. */
export type IsCurrent = (tag: string) => boolean

const MOST_BLOCKS = MOST_ARTICLE_BYTES

export async function createArticle(db: Db, user: SignedIn, article: NewArticle): Promise<ArticleId> {
  const home = homeOf(article, { visibility: 'private', organisationId: null, projectId: null })
  await requireArticleHome(db, user, home)
  const id = newId<ArticleId>()
  const text = cleanText(article.text)
  const head: Link = { block_id: headOf(id), next_id: null, hash: null }
  await db.transaction().execute(async (trx) => {
    const now = new Date()
    const row = {
      ...{ id, title: article.title, state: article.state, summary: '', revision: 0, block_count: 0, byte_size: 0 },
      ...{ visibility: home.visibility, organisation_id: home.organisationId, project_id: home.projectId },
      ...{ author_id: user.id, updated_by: user.id, created_at: now, updated_at: now },
      ...{ frozen_at: null, deleted_at: null },
    }
    await trx.insertInto('articles').values(row).execute()
    await writeLinks(trx, { articleId: id, revision: 0, links: [head], ended: [] })
    await learnWords(trx, id, [{ id: headOf(id), text: article.title }])
    const texts = splitMarkdown(text)
    const changed = await spliceBlocks(trx, { articleId: id, revision: 1, before: head, replaced: [], texts })
    await writeRevision(trx, user, row, {
      ...{ kind: 'created', changed, blocks: texts.length, bytes: Buffer.byteLength(text) },
    })
  })
  return id
}

/** Only what lies between the first and the last block that differs is cut anew. */
export async function writeText(
  db: Db,
  user: SignedIn,
  { articleId, text, isCurrent }: { articleId: ArticleId; text: string; isCurrent: IsCurrent },
): Promise<void> {
  const next = cleanText(text)
  await db.transaction().execute(async (trx) => {
    const article = await holdArticle(trx, articleId)
    if (!isCurrent(String(article.revision))) throw changedMeanwhile()
    const links = await walkAll(trx, article)
    const known = (await readTexts(trx, articleId, links)).map((block) => block.text)
    const { first, last, middle } = differing(known, next)
    const texts = splitMarkdown(middle)
    const changed = await spliceBlocks(trx, {
      ...{ articleId, revision: article.revision + 1, before: links[first] as Link },
      ...{ replaced: links.slice(first + 1, last + 1), texts },
    })
    if (changed === 0) return
    const blocks = known.length - (last - first) + texts.length
    await writeRevision(trx, user, article, { kind: 'edited', changed, blocks, bytes: Buffer.byteLength(next) })
  })
}

/** Replaces one block; answers the blocks that stand in its place. */
export async function writeBlock(
  db: Db,
  user: SignedIn,
  change: { articleId: ArticleId; blockId: BlockId; text: string; isCurrent: IsCurrent },
): Promise<ArticleBlock[]> {
  const { articleId, blockId, isCurrent } = change
  return db.transaction().execute(async (trx) => {
    const article = await holdArticle(trx, articleId)
    const link = await findLink(trx, articleId, blockId)
    if (!link || blockId === headOf(articleId)) throw noArticle()
    if (!isCurrent(link.hash ?? '')) throw changedMeanwhile()
    const [known] = await readTexts(trx, articleId, [link])
    const text = keepApart(cleanText(change.text), known?.text ?? '')
    const bytes = article.byte_size + Buffer.byteLength(text) - Buffer.byteLength(known?.text ?? '')
    if (bytes > MOST_ARTICLE_BYTES) throw new AppError('PAYLOAD_TOO_LARGE', 'The article would be too large.')
    const texts = Buffer.byteLength(text) <= MOST_BLOCK_BYTES / 2 && text !== '' ? [text] : splitMarkdown(text)
    const [before] = await walkBack(trx, articleId, blockId, 1)
    if (!before) throw new Error(`block ${blockId} has nothing before it`)
    const revision = article.revision + 1
    const changed = await spliceBlocks(trx, { articleId, revision, before, replaced: [link], texts })
    if (changed > 0) {
      const blocks = article.block_count - 1 + texts.length
      await writeRevision(trx, user, article, { kind: 'edited', changed, blocks, bytes })
    }
    if (texts.length === 0) return []
    const from = changed > 0 ? revision : article.revision
    return readTexts(
      trx,
      articleId,
      await walkLinks(trx, { articleId, revision: from, from: blockId, limit: texts.length }),
    )
  })
}

/** The words of an earlier revision become a new one: links that differ are written, texts are there already. */
export async function restoreRevision(
  db: Db,
  user: SignedIn,
  { articleId, revision }: { articleId: ArticleId; revision: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const article = await holdArticle(trx, articleId)
    const earlier = await trx
      .selectFrom('article_revisions')
      .selectAll()
      .where('article_id', '=', articleId)
      .where('revision', '=', revision)
      .executeTakeFirst()
    if (!earlier) throw new AppError('NOT_FOUND', 'There is no such revision.')
    const current = new Map((await walkAll(trx, article)).map((link) => [link.block_id, link]))
    const wanted = await walkAll(trx, { ...article, revision })
    const links = wanted.filter(({ block_id, next_id, hash }) => {
      const known = current.get(block_id)
      return known?.next_id !== next_id || known.hash !== hash
    })
    const kept = new Set(wanted.map(({ block_id }) => block_id))
    const ended = [...current.values()].filter(({ block_id }) => !kept.has(block_id))
    if (links.length + ended.length === 0 && earlier.title === article.title) return
    await writeLinks(trx, { articleId, revision: article.revision + 1, links, ended })
    await writeRevision(trx, user, article, {
      ...{ kind: 'restored', restoredFrom: revision, title: earlier.title, changed: links.length + ended.length },
      ...{ blocks: wanted.length - 1, bytes: earlier.byte_size },
    })
  })
}

interface Written {
  kind: ArticleRevision['kind']
  restoredFrom?: number
  title?: string
  changed: number
  blocks: number
  bytes: number
}

/** For a transaction that holds the article and has written its links. */
export async function writeRevision(
  trx: Transaction<Tables>,
  user: SignedIn,
  article: Pick<ArticleRow, 'id' | 'revision' | 'title'>,
  { kind, restoredFrom, title = article.title, changed, blocks, bytes }: Written,
): Promise<void> {
  const revision = article.revision + 1
  const now = new Date()
  const start = await walkLinks(trx, { articleId: article.id, revision, from: headOf(article.id), limit: 3 })
  const texts = await readTexts(trx, article.id, start)
  if (title !== article.title) await learnWords(trx, article.id, [{ id: headOf(article.id), text: title }])
  await trx
    .insertInto('article_revisions')
    .values({
      ...{ article_id: article.id, revision, kind, restored_from: restoredFrom ?? null, title, author_id: user.id },
      ...{ changed, byte_size: bytes, created_at: now },
    })
    .execute()
  await trx
    .updateTable('articles')
    .set({
      ...{ revision, title, summary: summaryOf(texts.map(({ text }) => text).join('')) },
      ...{ block_count: blocks, byte_size: bytes, updated_at: now, updated_by: user.id },
    })
    .where('id', '=', article.id)
    .execute()
}

/** All links of a revision, the head first. */
export async function walkAll(db: Db, { id, revision }: Pick<ArticleRow, 'id' | 'revision'>): Promise<Link[]> {
  return walkLinks(db, { articleId: id, revision, from: headOf(id), limit: MOST_BLOCKS })
}

/** Line ends as LF, nothing that a text cannot hold. */
function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\u0000', '').toWellFormed()
}

/** A block that ended with an empty line still does, so that it does not run into the next one. */
function keepApart(text: string, known: string): string {
  if (text.trim() === '') return ''
  const endOf = (value: string) => /\n*$/.exec(value)?.[0].length ?? 0
  return text + '\n'.repeat(Math.max(0, Math.min(2, endOf(known)) - endOf(text)))
}

/** Blocks `first` … `last` − 1 (from 0) are those in which the texts differ; `middle` is what stands there now. */
function differing(known: readonly string[], next: string): { first: number; last: number; middle: string } {
  let first = 0
  let from = 0
  while (first < known.length && next.startsWith(known[first] as string, from)) {
    from += (known[first] as string).length
    first += 1
  }
  let last = known.length
  let to = next.length
  while (last > first && endsAt(next, known[last - 1] as string, from, to)) {
    to -= (known[last - 1] as string).length
    last -= 1
  }
  return { first, last, middle: next.slice(from, to) }
}

const endsAt = (text: string, part: string, from: number, to: number) =>
  to - part.length >= from && text.startsWith(part, to - part.length)
