import { findStrokes, type Stroke } from './find-strokes.ts'
import { type GreyPicture, localContrast } from './local-contrast.ts'
import { type Letter, linesOf, TALLEST, type TextBox } from './text-lines.ts'

/** Smaller pictures hold no line of readable text. */
const SMALLEST = 32
/** Grey levels by which letters stand out from their surroundings, tried one after the other. */
const LEVELS = [28, 60, 100]
const RADIUS = 20
const MIN_HEIGHT = 4
/** Thickness of a letter's lines in any case, and least share of its box that it fills. */
const THINNEST = 2.6
const EMPTIEST = 0.12
/** A run of letters that touch each other is one group. */
const MAX_WIDTH = 700
const MAX_GROUPS = 20_000

/**
 * Where text seems to be written into the pixels, each box about a line; empty where none does. It looks for groups of
 * pixels that stand out from their surroundings, are thin and of one grey, and stand in a row on one line at one height.
 * It reads nothing and promises nothing: handwriting, single letters and text at an angle are not found, and a ruler may
 * be taken for text. `picture`: 8 bits. Figures: `npm run bench -- burned-in`.
 */
export function findText(picture: GreyPicture): TextBox[] {
  const { width, height, data } = picture
  if (width < SMALLEST || height < SMALLEST / 2) return []
  const contrast = localContrast(picture, RADIUS)
  const isInk = new Uint8Array(width * height)
  const boxes: TextBox[] = []
  for (const sign of [1, -1]) {
    for (const level of LEVELS) {
      for (let at = 0; at < isInk.length; at += 1) isInk[at] = (contrast[at] as number) * sign > level ? 1 : 0
      const strokes = findStrokes(
        isInk,
        { width, height, data },
        { maxHeight: TALLEST, maxWidth: MAX_WIDTH, maxCount: MAX_GROUPS },
      )
      const letters = (strokes ?? []).flatMap((stroke) => asLetter(stroke) ?? [])
      for (const line of linesOf(letters)) if (!boxes.some((box) => overlap(box, line))) boxes.push(line)
    }
  }
  return boxes
}

/** Null for what is no letter: too thick for its height, of many greys, a dot or a rule. */
function asLetter(stroke: Stroke): Letter | null {
  const [width, height] = [stroke.right - stroke.left, stroke.bottom - stroke.top]
  if (height < MIN_HEIGHT) return null
  const thickness = (2 * stroke.area) / stroke.rim
  if (thickness > Math.max(THINNEST, 0.4 * height) || stroke.area < EMPTIEST * width * height) return null
  return { ...stroke, width, height, thickness }
}

function overlap(a: TextBox, b: TextBox): boolean {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]
}
