import { overlapOfBoxes } from '../compare/overlap.ts'
import { isGuess, type Mark, newMarkId } from '../marks/mark.ts'
import { type EditRule, freeOf } from '../marks/mask-edits.ts'
import { areaOf, intersect } from '../marks/region.ts'

/** A guess that shares more than this with a person's mark says what is there already. */
const SAME = 0.5

/** A person's marks as they are, and the model's newest guesses in place of its older ones, where nobody drew yet. */
export function withGuesses(list: readonly Mark[], guesses: readonly Mark[], rule: EditRule): readonly Mark[] {
  const own = list.filter((mark) => !isGuess(mark))
  const taken = new Set(own.map(({ id }) => id))
  const fresh = guesses.flatMap((guess): Mark[] => {
    if (own.some((mark) => mark.frame === guess.frame && says(mark, guess))) return []
    const mark = taken.has(guess.id) ? { ...guess, id: newMarkId() } : guess
    if (mark.shape.kind === 'box') return [mark]
    const region = freeOf(own, mark.shape.region, rule, null)
    const isMost = 2 * areaOf(region) > areaOf(mark.shape.region)
    return isMost ? [{ ...mark, shape: { kind: 'mask', region } }] : []
  })
  return [...own, ...fresh]
}

function says(mark: Mark, guess: Mark): boolean {
  if (mark.class !== guess.class) return false
  if (mark.shape.kind === 'box' && guess.shape.kind === 'box')
    return overlapOfBoxes(mark.shape.box, guess.shape.box) > SAME
  if (mark.shape.kind !== 'mask' || guess.shape.kind !== 'mask') return false
  const shared = areaOf(intersect(mark.shape.region, guess.shape.region))
  return shared > SAME * (areaOf(mark.shape.region) + areaOf(guess.shape.region) - shared)
}
