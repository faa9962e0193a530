import { type RawBuilder, sql } from 'kysely'
import { integers } from '../json.ts'

/**
 * One way to find text in Chinese and English: by the pairs of characters it holds, and by single ones beyond ASCII.
 * Two Chinese characters are a word, for which an index of three would not be used; no dictionary is needed. Each pair is
 * the two UTF-16 units as one 32-bit number, so different pairs never share one. A gin index on an integer[] column
 * finds the candidates (`holdsPairs`), the text itself decides (`holdsWords`). As `text_pairs` in SQL, without its time
 * on long texts.
 */

const ASCII = 0x7f

/** [distinct] int32, ascending. */
export function pairsOf(text: string): number[] {
  const lower = text.toLowerCase()
  const found = new Set<number>()
  for (let at = 0; at < lower.length; at += 1) {
    const [unit, next] = [lower.charCodeAt(at), lower.charCodeAt(at + 1)]
    if (isBlank(unit)) continue
    if (unit > ASCII) found.add(unit)
    if (at + 1 < lower.length && !isBlank(next)) found.add((unit << 16) | next)
  }
  return [...found].sort((a, b) => a - b)
}

/** The words of what somebody looks for, at most ten. */
export function wordsOf(query: string): string[] {
  return query.split(/\s+/u).filter(Boolean).slice(0, 10)
}

export const pairsColumn = (text: string): RawBuilder<number[]> => integers(pairsOf(text))

/** Whether a row may hold all the words; a single Latin letter is no pair and asks for nothing. */
export function holdsPairs(column: string, words: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} @> ${integers([...new Set(words.flatMap(pairsOf))])}`
}

/** Whether a text holds all the words, in any order and case. */
export function holdsWords(column: string, words: readonly string[]): RawBuilder<boolean> {
  const likes = words.map((word) => sql<boolean>`${sql.ref(column)} ILIKE ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  return likes.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(likes, sql` AND `)})`
}

const isBlank = (unit: number) => unit <= 0x20 || unit === 0xa0 || unit === 0x3000
