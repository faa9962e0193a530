import type { ArticleHeading } from '@vesalius/contracts'

const DEEPEST = 3
/** So many are listed at once, of any article; words find the others. */
const LISTED = 200

/** Those of the contents: down to the third level. */
export const contentsOf = (headings: readonly ArticleHeading[]) => headings.filter(({ level }) => level <= DEEPEST)

/** The first of those that hold the words, and how many more do. */
export function listHeadings(headings: readonly ArticleHeading[], words: string) {
  const wanted = words.trim().toLowerCase()
  const found = wanted === '' ? headings : headings.filter(({ text }) => text.toLowerCase().includes(wanted))
  return { listed: found.slice(0, LISTED), left: Math.max(0, found.length - LISTED) }
}
