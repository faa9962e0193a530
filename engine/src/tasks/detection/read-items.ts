import { readImageHeader, UnreadableImageError } from '../../data/decode-image.ts'
import type { MarkedItem } from '../../runner/messages.ts'
import { clipBox, type Mark } from './mark.ts'
import { readMarks, UnreadableLabelError } from './read-marks.ts'

/** An item that could be read, before its pixels were: size and marks in pixels of the original. */
export interface MarkedPicture {
  index: number
  width: number
  height: number
  marks: Mark[]
}

export interface SkippedItem {
  imageId: string
  reason: string
}

/** Reads labels and headers. Items that cannot be read are named in `skipped`. */
export async function readItems(items: readonly MarkedItem[], classes: readonly string[]) {
  const readable: MarkedPicture[] = []
  const skipped: SkippedItem[] = []
  for (const [index, { imageId, file, labelFile }] of items.entries()) {
    try {
      const { width, height } = await readImageHeader(file)
      const marks = (await readMarks(labelFile, classes)).flatMap(({ box, class: place }) => {
        const clipped = clipBox(box, width, height)
        return clipped ? [{ box: clipped, class: place }] : []
      })
      readable.push({ index, width, height, marks })
    } catch (error) {
      skipped.push({ imageId, reason: reasonOf(error) })
    }
  }
  return { readable, skipped }
}

/**
 * For each picture the class that fewest pictures have, so that a split by it gives each class pictures on both sides;
 * −1: no marks.
 */
export function rarestClasses(pictures: readonly MarkedPicture[]): number[] {
  const present = pictures.map(({ marks }) => [...new Set(marks.map((mark) => mark.class))])
  const holders = new Map<number, number>()
  for (const place of present.flat()) holders.set(place, (holders.get(place) ?? 0) + 1)
  const rarity = (place: number) => holders.get(place) ?? 0
  return present.map((places) => places.sort((a, b) => rarity(a) - rarity(b))[0] ?? -1)
}

/** Longer side that nearly all marks keep to, in pixels of the original. */
export function largestBox(pictures: readonly MarkedPicture[]): number {
  const sides = pictures.flatMap(({ marks }) => marks.map(({ box }) => Math.max(box[2], box[3]))).sort((a, b) => a - b)
  return sides[Math.floor(sides.length * 0.98)] ?? 1
}

/** What a person is told about an item that is left out; other errors go on. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableImageError || error instanceof UnreadableLabelError) return error.message
  throw error
}
