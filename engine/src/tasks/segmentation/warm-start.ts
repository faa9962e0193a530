import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { withoutLayer } from '../../model-file/without-layer.ts'
import type { MarkedItem, TrainingRequest } from '../../runner/messages.ts'
import type { SegmenterCard } from './model-card.ts'
import { readSegmenter } from './segmenter-file.ts'

/** The model a training goes on from. */
export interface Parent {
  parameters: NamedTensors
  card: SegmenterCard
}

/**
 * The model to go on from, when it tells instances apart or not as asked; null otherwise. One that looks for other classes
 * comes without its last layer, as one that has seen none of the items.
 */
export function readParent(request: TrainingRequest, hasInstances: boolean): Parent | null {
  const { warmStartModel, classes, imageSize } = request
  const parent = warmStartModel ? readSegmenter(warmStartModel) : null
  if (!parent || parent.parameters.size === 0 || (parent.card.instances !== null) !== hasInstances) return null
  if (imageSize !== null && imageSize !== parent.card.cropSide) return null
  if (JSON.stringify(parent.card.classes) === JSON.stringify(classes)) return parent
  return { parameters: withoutLayer(parent.parameters, 'maps'), card: { ...parent.card, trainedOn: '' } }
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
