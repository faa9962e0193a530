import { AppError, type ArticleDifference, type ArticleId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import { type Link, textsByHash } from './block-list.ts'
import { walkAll } from './write-article.ts'

/** Of one answer: places that differ, and blocks in each of them. */
const MOST_PLACES = 20
const MOST_BLOCKS = 8

/**
 * What lies between two revisions. Blocks keep their ids and never change places, so the two lists are merged by id; texts
 * are read only where the hashes differ.
 */
export async function compareRevisions(
  db: Db,
  { articleId, from, to, cursor }: { articleId: ArticleId; from: number; to: number; cursor: string | undefined },
): Promise<{ items: ArticleDifference[]; nextCursor: string | null }> {
  const [before, after] = [
    await walkAll(db, { id: articleId, revision: from }),
    await walkAll(db, { id: articleId, revision: to }),
  ]
  if (before.length === 0 || after.length === 0) throw new AppError('NOT_FOUND', 'There is no such revision.')
  const places = mergeLinks(before.slice(1), after.slice(1))
  const first = Number(/^\d{1,9}$/.exec(cursor ?? '0')?.[0] ?? Number.NaN)
  if (!Number.isInteger(first)) throw new AppError('BAD_REQUEST', 'The cursor is not one of this comparison.')
  const page = places.slice(first, first + MOST_PLACES)
  const texts = await textsByHash(
    db,
    articleId,
    page.flatMap((place) => ('same' in place ? [] : [...place.before, ...place.after])),
  )
  const textOf = (hashes: readonly string[]) => hashes.map((hash) => texts.get(hash) ?? '').join('')
  return {
    items: page.map((place) =>
      'same' in place
        ? { kind: 'same', blocks: place.same }
        : { kind: 'changed', before: textOf(place.before), after: textOf(place.after) },
    ),
    nextCursor: first + MOST_PLACES < places.length ? String(first + MOST_PLACES) : null,
  }
}

type Place = { same: number } | { before: string[]; after: string[] }

function mergeLinks(before: readonly Link[], after: readonly Link[]): Place[] {
  const [idsBefore, idsAfter] = [idsOf(before), idsOf(after)]
  const places: Place[] = []
  const differ = (hash: string | null, side: 'before' | 'after') => {
    const last = places.at(-1)
    if (last && !('same' in last) && last[side].length < MOST_BLOCKS) last[side].push(hash ?? '')
    else places.push({ before: [], after: [], [side]: [hash ?? ''] })
  }
  let [a, b] = [0, 0]
  while (a < before.length || b < after.length) {
    const [old, now] = [before[a], after[b]]
    if (old && !idsAfter.has(old.block_id)) {
      differ(old.hash, 'before')
      a += 1
      continue
    }
    b += 1
    if (now && idsBefore.has(now.block_id)) {
      a += 1
      if (old?.hash === now.hash) {
        const last = places.at(-1)
        if (last && 'same' in last) last.same += 1
        else places.push({ same: 1 })
        continue
      }
      differ(old?.hash ?? '', 'before')
    }
    differ(now?.hash ?? '', 'after')
  }
  return places
}

const idsOf = (links: readonly Link[]) => new Set(links.map(({ block_id }) => block_id))
