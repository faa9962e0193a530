import { diffLines, diffWordsWithSpace } from 'diff'

export interface DiffLine {
  kind: 'same' | 'added' | 'removed'
  parts: { text: string; isChanged: boolean }[]
}

const MOST_MS = 300
/** Lines that did not change, shown around those that did. */
const AROUND = 2

/**
 * Two texts line by line; in lines that replace each other, the words that differ. Words of Chinese are found by the
 * browser's segmenter. Long runs of equal lines are left out. Texts too different to compare in time are shown whole.
 */
export function diffTexts(before: string, after: string, language: string): DiffLine[] {
  const changes = diffLines(before, after, { timeout: MOST_MS }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ]
  const lines: DiffLine[] = []
  for (let at = 0; at < changes.length; at += 1) {
    const [change, next] = [changes[at], changes[at + 1]]
    if (change?.removed && next?.added) {
      lines.push(...diffWithin(change.value, next.value, language))
      at += 1
    } else if (change) {
      const kind = change.removed ? 'removed' : change.added ? 'added' : 'same'
      lines.push(...(kind === 'same' ? shorten(change.value, at > 0, next !== undefined) : [whole(kind, change.value)]))
    }
  }
  return lines
}

const whole = (kind: DiffLine['kind'], text: string): DiffLine => ({ kind, parts: [{ text, isChanged: false }] })

function diffWithin(before: string, after: string, language: string): DiffLine[] {
  const intlSegmenter = new Intl.Segmenter(language, { granularity: 'word' })
  const words = diffWordsWithSpace(before, after, { intlSegmenter, timeout: MOST_MS })
  if (!words) return [whole('removed', before), whole('added', after)]
  const side = (kind: 'removed' | 'added'): DiffLine => ({
    kind,
    parts: words
      .filter((word) => !word[kind === 'removed' ? 'added' : 'removed'])
      .map(({ value, ...word }) => ({ text: value, isChanged: word[kind] })),
  })
  return [side('removed'), side('added')]
}

function shorten(text: string, hasBefore: boolean, hasAfter: boolean): DiffLine[] {
  const lines = text.split(/(?<=\n)/)
  const first = hasBefore ? lines.slice(0, AROUND) : []
  const last = hasAfter ? lines.slice(-AROUND) : []
  if (first.length + last.length >= lines.length) return [whole('same', text)]
  return [
    ...(hasBefore ? [whole('same', first.join(''))] : []),
    whole('same', '…\n'),
    ...(hasAfter ? [whole('same', last.join(''))] : []),
  ]
}
