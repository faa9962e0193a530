import { because, type Reason, tellReason } from '@vesalius/contracts'
import type { DatasetImage, FormatProblem, Where } from './dataset.ts'

const MOST_LISTED = 1000

/** A whole file, or a part of it, is not what its format says. */
export class FormatError extends Error {
  readonly reason: Reason

  constructor(reason: Reason, options?: { cause?: unknown }) {
    super(tellReason(reason), options)
    this.name = 'FormatError'
    this.reason = reason
  }
}

/** Lists problems up to a bound, and counts the rest. */
export class Problems {
  readonly #list: FormatProblem[] = []
  #unlisted = 0

  add(reason: Reason, where: Where = {}): void {
    if (this.#list.length < MOST_LISTED) this.#list.push(asProblem(reason, where))
    else this.#unlisted += 1
  }

  list(): FormatProblem[] {
    return this.#unlisted === 0 ? this.#list : [...this.#list, asProblem(because`and ${this.#unlisted} more`)]
  }
}

export function asProblem(reason: Reason, where: Where = {}): FormatProblem {
  return { reason: tellReason(reason), told: reason, ...where }
}

export type Holding = 'answer' | 'weights' | 'boxes' | 'masks' | 'scores' | 'tags'

/** Names what of an image a format has no place for. */
export function reportLosses(image: DatasetImage, problems: Problems, holds: readonly Holding[]): void {
  const marks = [...image.boxes, ...image.masks]
  const present: Record<Holding, boolean> = {
    answer: image.answer !== null,
    weights: image.answer?.weights?.some((weight) => weight !== 0 && weight !== 1) ?? false,
    boxes: image.boxes.length > 0,
    masks: image.masks.length > 0,
    scores: marks.some((mark) => mark.score !== undefined),
    tags: image.tags.length > 0,
  }
  for (const [what, isPresent] of Object.entries(present)) {
    if (isPresent && !holds.includes(what as Holding)) problems.add(because`lost: ${what}`, { image: image.name })
  }
}
