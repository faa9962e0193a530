import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import type { MarkedItem, TrainingRequest } from '../../runner/messages.ts'
import type { SegmenterCard } from './model-card.ts'
import { readSegmenter } from './segmenter-file.ts'

/** The model a training goes on from. */
export interface Parent {
  parameters: NamedTensors
  card: SegmenterCard
}

/** The model to go on from, when it looks for the same classes in the same way; null otherwise. */
export function readParent(request: TrainingRequest, hasInstances: boolean): Parent | null {
  const { warmStartModel, classes, imageSize } = request
  const parent = warmStartModel ? readSegmenter(warmStartModel) : null
  if (!parent || JSON.stringify(parent.card.classes) !== JSON.stringify(classes)) return null
  if ((parent.card.instances !== null) !== hasInstances) return null
  return imageSize === null || imageSize === parent.card.cropSide ? parent : null
}

/** Each image with 32 bits of a hash of its label, so that changed ones are told from known ones. */
export function fingerprintLabels(items: readonly MarkedItem[]) {
  return items.map(({ imageId, labelFile }) => ({ imageId, value: hashOf(labelFile) }))
}

/** A label that cannot be read is left out of the training and counts as unchanged. */
function hashOf(labelFile: string): number {
  try {
    return createHash('sha256').update(readFileSync(labelFile)).digest().readUInt32LE(0)
  } catch {
    return 0
  }
}
