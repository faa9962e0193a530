import { decodeRle, paintRle } from '@vesalius/contracts'

/** What a person does to an image: starting from the model's guess, and starting from nothing. */
export interface Edits {
  guessed: number
  fromNothing: number
}

interface Box {
  box: readonly [number, number, number, number]
  class: number
}

/**
 * Boxes to draw, delete and give another class, when a guess that covers a box to half of their union (IoU ≥ .5) is
 * taken for it; from nothing every box is drawn.
 */
export function countBoxEdits(truths: readonly Box[], guesses: readonly Box[]): Edits {
  const open = new Set(guesses)
  let guessed = 0
  for (const truth of truths) {
    const fitting = [...open].filter((guess) => overlap(truth.box, guess.box) >= 0.5)
    const match = fitting.find((guess) => guess.class === truth.class) ?? fitting[0]
    if (match) open.delete(match)
    guessed += match?.class === truth.class ? 0 : 1
  }
  return { guessed: guessed + open.size, fromNothing: truths.length }
}

/** Pixels to repaint, of all masks together; from nothing every marked pixel is painted. */
export function countPixelEdits(
  truths: readonly string[],
  guesses: readonly string[],
  size: readonly [number, number],
): Edits {
  const truth = paintAll(truths, size)
  const guess = paintAll(guesses, size)
  let guessed = 0
  let fromNothing = 0
  truth.forEach((value, at) => {
    fromNothing += value
    guessed += value === guess[at] ? 0 : 1
  })
  return { guessed, fromNothing }
}

function paintAll(rles: readonly string[], size: readonly [number, number]): Uint8Array {
  const [first, ...rest] = rles
  const grid = first === undefined ? new Uint8Array(size[0] * size[1]) : decodeRle(first, size)
  for (const rle of rest) paintRle(grid, 1, rle, size)
  return grid
}

function overlap([x, y, width, height]: Box['box'], [left, top, across, down]: Box['box']): number {
  const shared =
    Math.max(0, Math.min(x + width, left + across) - Math.max(x, left)) *
    Math.max(0, Math.min(y + height, top + down) - Math.max(y, top))
  return shared / (width * height + across * down - shared)
}
