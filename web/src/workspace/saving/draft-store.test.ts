import { beforeEach, describe, expect, it } from 'vitest'
import { NO_ANSWER } from '../annotations/annotation-store.ts'
import type { Mark } from '../marks/mark.ts'
import { capsule } from '../marks/region-shapes.ts'
import { dropDraft, keepDraft, readDraft, sweepDrafts } from './draft-store.ts'

const DAY = 24 * 3600 * 1000
let kept: Map<string, string>
const shelf = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
  key: (at: number) => [...kept.keys()][at] ?? null,
  get length() {
    return kept.size
  },
}
beforeEach(() => {
  kept = new Map()
})

describe('a draft', () => {
  it('comes back as it was, with guesses that nobody took over', () => {
    const size = { width: 40, height: 30 }
    const list: Mark[] = [
      { id: 'a', class: 1, frame: 0, origin: 'model', score: 0.7, shape: { kind: 'box', box: [1, 2, 3.5, 4] } },
      {
        ...{ id: 'b', class: 0, frame: 2, origin: 'person', score: null },
        shape: { kind: 'mask', region: capsule({ x: 5, y: 5 }, { x: 20, y: 9 }, 3, size) },
      },
    ]
    const points: [number, number][] = [
      [1, 2],
      [3, 4],
    ]
    const measures = [{ id: 'm', kind: 'length' as const, points, frame: 2 }]
    const draft = { etag: '"3"', scheme: 2, answer: { ...NO_ANSWER, tags: ['odd'], marks: { size, list }, measures } }
    keepDraft(shelf, 'ann', 'image', draft, DAY)
    expect(readDraft(shelf, 'ann', 'image')).toEqual(draft)
    expect(readDraft(shelf, 'ben', 'image')).toBeNull()
    dropDraft(shelf, 'ann', 'image')
    expect(readDraft(shelf, 'ann', 'image')).toBeNull()
  })

  it('that cannot be read is none, and a full shelf is no error', () => {
    kept.set('vesalius.draft.ann.image', '{"at":1,"etag":null,"value":"x"}')
    expect(readDraft(shelf, 'ann', 'image')).toBeNull()
    const full = {
      ...shelf,
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    expect(() => keepDraft(full, 'ann', 'image', { etag: null, scheme: 0, answer: NO_ANSWER }, 0)).not.toThrow()
  })

  it('is swept after a month, and nothing else is', () => {
    keepDraft(shelf, 'ann', 'old', { etag: null, scheme: 0, answer: NO_ANSWER }, 0)
    keepDraft(shelf, 'ann', 'new', { etag: null, scheme: 0, answer: NO_ANSWER }, 20 * DAY)
    kept.set('vesalius.language', 'zh')
    sweepDrafts(shelf, 31 * DAY)
    expect([...kept.keys()]).toEqual(['vesalius.draft.ann.new', 'vesalius.language'])
  })
})
