import type { SelectionStrategy } from '@vesalius/contracts'
import { createRandom, shuffle } from '../data/random.ts'
import { pickCovering } from './pick-covering.ts'

/** An image nobody annotated, as the choice of the next one sees it. */
export interface Candidate {
  /** 0..1; null: no model looked at it. */
  uncertainty: number | null
  /** How much two model versions disagree about it, 0..1; null: not both looked at it. */
  disagreement: number | null
  /** What it looks like, on scales of equal weight; null: not described yet. */
  features: Float32Array | null
}

/** Beyond this many picks people see the next ranking. */
const SPREAD = 200

/**
 * In which order images are worth annotating: positions in `candidates`, best first, every one once. `uncertainty` and
 * `disagreement` go by their figure; `diversity` takes what stands for most of the images that look like nothing annotated
 * (`known`) or taken before; `mixed` what stands for most of the model's doubt: each image counts by how unsure the model is of
 * it (all alike while no model looked), whatever is annotated, for what was learned is doubted no more. So one kind of hard
 * image does not fill the queue and an odd one alone does not lead it. `random` is what the others are measured against. What lacks a figure comes last, in random order. The same seed gives the same order.
 */
export function rankImages(
  strategy: SelectionStrategy,
  candidates: readonly Candidate[],
  { known = [], seed = 1 }: { known?: readonly Float32Array[]; seed?: number } = {},
): number[] {
  const shuffled = Uint32Array.from(candidates, (_, place) => place)
  shuffle(shuffled, createRandom(seed))
  const order = [...shuffled]
  switch (strategy) {
    case 'random':
      return order
    case 'uncertainty':
      return sortBy(order, (place) => candidates[place]?.uncertainty ?? null)
    case 'disagreement':
      return sortBy(order, (place) => candidates[place]?.disagreement ?? null)
    case 'diversity':
      return spread(order, candidates, known, () => 1)
    case 'mixed': {
      const unsure = (place: number) => candidates[place]?.uncertainty ?? null
      const isLookedAt = order.some((place) => (unsure(place) ?? 0) > 0)
      return spread(sortBy(order, unsure), candidates, [], (place) => (isLookedAt ? (unsure(place) ?? 0) : 1))
    }
  }
}

/** Puts those that stand for most others first; the rest, and what was not described, keeps its order. */
function spread(
  order: readonly number[],
  candidates: readonly Candidate[],
  known: readonly Float32Array[],
  weightOf: (place: number) => number,
): number[] {
  const described = order.filter((place) => candidates[place]?.features)
  const features = described.map((place) => candidates[place]?.features as Float32Array)
  const picked = pickCovering(features, known, SPREAD, described.map(weightOf)).map(
    (index) => described[index] as number,
  )
  const isPicked = new Set(picked)
  return [...picked, ...order.filter((place) => !isPicked.has(place))]
}

/** Largest first; equals keep their order, null comes last. */
function sortBy(order: readonly number[], figureOf: (place: number) => number | null): number[] {
  return order.toSorted((a, b) => (figureOf(b) ?? -1) - (figureOf(a) ?? -1))
}
