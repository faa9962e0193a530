import type { Random } from '../../data/random.ts'
import type { Mark } from './mark.ts'

/** A class in fewer of the pictures than this is shown more often. */
const COMMON_SHARE = 0.5
/** Of the views, kept for pictures without marks, if there are so many: they teach what is nothing. */
const EMPTY_SHARE = 0.1

/**
 * Draws positions of pictures. One with a class that only a share f of the pictures has weighs √(0.5/f); empty ones
 * together get a tenth at most. `pictures`: [position] marks, at least one picture.
 * Source: Gupta et al., LVIS, 2019, repeat factor sampling.
 */
export function drawPictures(pictures: readonly (readonly Mark[])[]): (random: Random) => number {
  const holders = new Map<number, number>()
  for (const marks of pictures) {
    for (const place of new Set(marks.map((mark) => mark.class))) holders.set(place, (holders.get(place) ?? 0) + 1)
  }
  const weightOf = (place: number) => Math.sqrt((COMMON_SHARE * pictures.length) / (holders.get(place) ?? 1))
  const weights = pictures.map((marks) => Math.max(1, ...marks.map((mark) => weightOf(mark.class))))
  const isEmpty = pictures.map((marks) => marks.length === 0)
  const sum = (isCounted: (index: number) => boolean) =>
    weights.reduce((total, weight, index) => total + (isCounted(index) ? weight : 0), 0)
  const full = sum((index) => isEmpty[index] === false)
  const empty = sum((index) => isEmpty[index] === true)
  const emptyFactor = full > 0 && empty > 0 ? Math.min(1, (EMPTY_SHARE * full) / ((1 - EMPTY_SHARE) * empty)) : 1

  let total = 0
  const ends = weights.map((weight, index) => {
    total += weight * (isEmpty[index] ? emptyFactor : 1)
    return total
  })
  return (random) => {
    const wanted = random() * total
    let low = 0
    let high = ends.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}
