import { createHash } from 'node:crypto'

/** An image with its answer: a class index, or a hash of its marks. */
export interface LearntItem {
  imageId: string
  value: number
}

/**
 * What a model was trained on, as 32 bits of a hash for each image and class: enough for the next run to count how
 * much is new to it, too little to tell anyone which images they were.
 */
export function fingerprintItems(items: readonly LearntItem[]): string {
  const hashes = Uint32Array.from(items, hashItem).sort()
  return Buffer.from(hashes.buffer).toString('base64')
}

/** Share of the items that a model with this fingerprint has not seen with their present class, 0..1. */
export function shareOfNews(items: readonly LearntItem[], fingerprint: string): number {
  const bytes = Buffer.from(fingerprint, 'base64')
  const known = new Set<number>()
  for (let at = 0; at + 4 <= bytes.length; at += 4) known.add(bytes.readUInt32LE(at))
  return items.filter((item) => !known.has(hashItem(item))).length / Math.max(1, items.length)
}

/**
 * Share of the budget that going on from a model deserves: three times the share of what is new to it, never under a
 * tenth. Three times, because new images must be seen among the old ones, or the old ones are forgotten.
 */
export function budgetShare(news: number): number {
  return Math.min(1, Math.max(0.1, 3 * news))
}

function hashItem({ imageId, value }: LearntItem): number {
  return createHash('sha256').update(`${value} ${imageId}`).digest().readUInt32LE(0)
}
