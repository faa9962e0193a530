import type { Mark } from '../marks/mark.ts'
import { areaOf, EMPTY_REGION, intersect, isEmpty, type Region, subtract, union } from '../marks/region.ts'
import { overlapOfBoxes } from './overlap.ts'

/** What became of a model's guess under a person's hands. */
export interface Comparison {
  /** As the model said it. */
  kept: readonly Mark[]
  /** `overlap`: intersection over union of both, 0..1; 1 where only the class changed. */
  changed: readonly { guess: Mark; now: Mark; overlap: number }[]
  added: readonly Mark[]
  removed: readonly Mark[]
  /** Pixels of masks that came and that went, all together. */
  gained: Region
  lost: Region
}

/** Marks are told apart by their ids: a guess that a person takes over keeps its own. */
export function compareMarks(guesses: readonly Mark[], list: readonly Mark[]): Comparison {
  const now = new Map(list.map((mark) => [mark.id, mark]))
  const known = new Set(guesses.map(({ id }) => id))
  const pairs = guesses.flatMap((guess) => {
    const mark = now.get(guess.id)
    return mark ? [{ guess, now: mark, overlap: overlapOf(guess, mark) }] : []
  })
  const isKept = ({ guess, now: mark, overlap }: (typeof pairs)[number]) => overlap === 1 && guess.class === mark.class
  const added = list.filter(({ id }) => !known.has(id))
  const removed = guesses.filter(({ id }) => !now.has(id))
  const changed = pairs.filter((pair) => !isKept(pair))
  const before = regionOfAll([...removed, ...changed.map(({ guess }) => guess)])
  const after = regionOfAll([...added, ...changed.map(({ now: mark }) => mark)])
  return {
    ...{ kept: pairs.filter(isKept).map(({ now: mark }) => mark), changed, added, removed },
    ...{ gained: subtract(after, before), lost: subtract(before, after) },
  }
}

function overlapOf(a: Mark, b: Mark): number {
  if (a.shape.kind === 'box' && b.shape.kind === 'box') return overlapOfBoxes(a.shape.box, b.shape.box)
  if (a.shape.kind !== 'mask' || b.shape.kind !== 'mask') return 0
  if (a.shape.region === b.shape.region) return 1
  const shared = intersect(a.shape.region, b.shape.region)
  if (isEmpty(shared)) return isEmpty(a.shape.region) && isEmpty(b.shape.region) ? 1 : 0
  return areaOf(shared) / areaOf(union(a.shape.region, b.shape.region))
}

function regionOfAll(marks: readonly Mark[]): Region {
  return marks.reduce<Region>(
    (all, { shape }) => (shape.kind === 'mask' ? union(all, shape.region) : all),
    EMPTY_REGION,
  )
}
