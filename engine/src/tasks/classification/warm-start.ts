import { createHash } from 'node:crypto'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import type { ClassItem, TrainingRequest } from '../../runner/messages.ts'
import { readClassifier } from './classifier-file.ts'
import type { ModelCard } from './model-card.ts'

/** The model a training goes on from. */
export interface Parent {
  parameters: NamedTensors
  card: ModelCard
}

/** The model to go on from, when it answers the same question with the same network; null otherwise. */
export function readParent(request: TrainingRequest): Parent | null {
  const { warmStartModel, classes, backbone, imageSize } = request
  const parent = warmStartModel ? readClassifier(warmStartModel) : null
  if (parent?.card.backbone !== backbone) return null
  if (JSON.stringify(parent.card.classes) !== JSON.stringify(classes)) return null
  return imageSize === null || imageSize === parent.card.imageSize ? parent : null
}

/**
 * What a model was trained on, as 32 bits of a hash for each image and class: enough for the next run to count how
 * much is new to it, too little to tell anyone which images they were.
 */
export function fingerprintItems(items: readonly Pick<ClassItem, 'imageId' | 'value'>[]): string {
  const hashes = Uint32Array.from(items, hashItem).sort()
  return Buffer.from(hashes.buffer).toString('base64')
}

/** Share of the items that a model with this fingerprint has not seen with their present class, 0..1. */
export function shareOfNews(items: readonly Pick<ClassItem, 'imageId' | 'value'>[], fingerprint: string): number {
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

function hashItem({ imageId, value }: Pick<ClassItem, 'imageId' | 'value'>): number {
  return createHash('sha256').update(`${value} ${imageId}`).digest().readUInt32LE(0)
}
