import type { Mark } from './mark.ts'

/** Pixels that the shorter side of a small object should have: three to four places of the network's map. */
const SMALL_OBJECT = 14
/** Pictures are not made smaller than this, or what surrounds an object is lost. */
const SMALLEST_PICTURE = 256
const LARGEST_SCALE = 2
/** Of the objects of a class, as small as this part of them. */
const SMALL_SHARE = 0.1

export interface SizedMarks {
  width: number
  height: number
  marks: readonly Mark[]
}

/**
 * How much pictures are enlarged (> 1) or reduced for the network: so far that the small objects of the class with the
 * smallest are still seen, and no less, since time grows with the square. In (0, 2].
 */
export function chooseScale(pictures: readonly SizedMarks[]): number {
  const sides = new Map<number, number[]>()
  for (const { marks } of pictures) {
    for (const { box, class: place } of marks) {
      const known = sides.get(place) ?? []
      known.push(Math.min(box[2], box[3]))
      sides.set(place, known)
    }
  }
  const small = Math.min(...[...sides.values()].map((lengths) => quantile(lengths, SMALL_SHARE)))
  const longSide = quantile(
    pictures.map(({ width, height }) => Math.max(width, height)),
    0.5,
  )
  const least = Math.min(1, SMALLEST_PICTURE / longSide)
  return Math.min(LARGEST_SCALE, Math.max(least, SMALL_OBJECT / Math.max(1, small)))
}

/** The value below which `share` of the values lie; 1 for none. */
function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 1
}
