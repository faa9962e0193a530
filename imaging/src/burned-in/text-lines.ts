import type { Stroke } from './find-strokes.ts'

/** Of a letter, in pixels. */
export const TALLEST = 90

export interface Letter extends Stroke {
  width: number
  height: number
  /** Of its lines, in pixels. */
  thickness: number
}

/** `[x, y, width, height]` in pixels. */
export type TextBox = [number, number, number, number]

/** Groups of pixels and letters in a line: dots and specks form rows by chance, the sooner the smaller they are. */
const FEWEST = [3, 5] as const
const FEWEST_SMALL = [4, 7] as const
/** Letters of less height than this are small, in pixels. */
const SMALL = 8
const MOST_TOUCHING = 6
/** Between words, in heights of a letter. */
const WIDEST_GAP = 1.6
/** Grey levels between letters of one pen. */
const SAME_GREY = 22
/** By how much of its height a letter may stand off the line. */
const SLACK = 0.15

/** Rows of letters that stand on one line, are of one or two heights, and are written with one pen. */
export function linesOf(letters: readonly Letter[]): TextBox[] {
  return rowsOf(letters).filter(isText).map(boxOf)
}

/** Letters in reading order, each beside the one before it. */
function rowsOf(letters: readonly Letter[]): Letter[][] {
  const sorted = [...letters].sort((a, b) => a.left - b.left)
  const used = new Set<Letter>()
  const rows: Letter[][] = []
  for (const [index, first] of sorted.entries()) {
    if (used.has(first)) continue
    const row = [first]
    used.add(first)
    let last = first
    for (let at = index + 1; at < sorted.length; at += 1) {
      const next = sorted[at] as Letter
      const gap = next.left - last.right
      if (gap > WIDEST_GAP * TALLEST) break
      if (gap > WIDEST_GAP * Math.max(last.height, next.height) || used.has(next) || !isBeside(last, next)) continue
      row.push(next)
      used.add(next)
      last = next
    }
    rows.push(row)
  }
  return rows
}

function isBeside(last: Letter, next: Letter): boolean {
  const height = Math.max(last.height, next.height)
  if (2 * Math.min(last.height, next.height) < height || next.left < last.right - 0.3 * height) return false
  const slack = Math.max(1, SLACK * height)
  return Math.abs(next.bottom - last.bottom) <= slack || Math.abs(next.top - last.top) <= slack
}

function isText(row: readonly Letter[]): boolean {
  const height = median(row.map((letter) => letter.height))
  const [groups, letters] = height < SMALL ? FEWEST_SMALL : FEWEST
  if (row.length < groups || row.reduce((sum, letter) => sum + lettersIn(letter), 0) < letters) return false
  const thickness = median(row.map((letter) => letter.thickness))
  const share = (measure: (letter: Letter) => number, slack: number) => {
    const usual = median(row.map(measure))
    return row.filter((letter) => Math.abs(measure(letter) - usual) <= slack).length / row.length
  }
  return (
    share((letter) => letter.bottom, Math.max(1, 0.1 * height)) >= 0.7 &&
    share((letter) => letter.thickness, Math.max(0.6, 0.3 * thickness)) >= 0.75 &&
    share((letter) => letter.mean, SAME_GREY) >= 0.8 &&
    hasTwoHeights(row)
  )
}

/** Small letters are of one height, capitals and those that reach up or down of another. */
function hasTwoHeights(row: readonly Letter[]): boolean {
  const heights = row.map((letter) => letter.height)
  const isNear = (height: number, other: number) => Math.abs(height - other) <= Math.max(1, 0.1 * other)
  return heights.some((one) =>
    heights.some(
      (other) => heights.filter((each) => isNear(each, one) || isNear(each, other)).length >= 0.8 * row.length,
    ),
  )
}

/** Letters that touch each other are one group of pixels, as wide as they are together. */
function lettersIn({ width, height }: Letter): number {
  return Math.max(1, Math.min(MOST_TOUCHING, Math.round(width / (0.8 * height))))
}

function boxOf(row: readonly Letter[]): TextBox {
  const left = Math.min(...row.map((letter) => letter.left))
  const top = Math.min(...row.map((letter) => letter.top))
  return [
    left,
    top,
    Math.max(...row.map((letter) => letter.right)) - left,
    Math.max(...row.map((letter) => letter.bottom)) - top,
  ]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
