import type { DatasetImage, FormatProblem } from './dataset.ts'

const MOST_LISTED = 1000

/** A whole file, or a part of it, is not what its format says. */
export class FormatError extends Error {
  constructor(reason: string, options?: { cause?: unknown }) {
    super(reason, options)
    this.name = 'FormatError'
  }
}

/** Lists problems up to a bound, and counts the rest. */
export class Problems {
  readonly #list: FormatProblem[] = []
  #unlisted = 0

  add(reason: string, where: Omit<FormatProblem, 'reason'> = {}): void {
    if (this.#list.length < MOST_LISTED) this.#list.push({ reason, ...where })
    else this.#unlisted += 1
  }

  list(): FormatProblem[] {
    return this.#unlisted === 0 ? this.#list : [...this.#list, { reason: `and ${this.#unlisted} more` }]
  }
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
    if (isPresent && !holds.includes(what as Holding)) problems.add(`lost: ${what}`, { image: image.name })
  }
}
