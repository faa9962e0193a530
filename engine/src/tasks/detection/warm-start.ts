import { createHash } from 'node:crypto'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { withoutLayer } from '../../model-file/without-layer.ts'
import type { MarkedItem, TrainingRequest } from '../../runner/messages.ts'
import { readDetector } from './detector-file.ts'
import type { Mark } from './mark.ts'
import type { DetectorCard } from './model-card.ts'

/** The model a training goes on from. */
export interface Parent {
  parameters: NamedTensors
  card: DetectorCard
}

/**
 * The model to go on from, if any. One that looks for other classes comes without the layer that tells them, as one that
 * has seen none of the items.
 */
export function readParent({ warmStartModel, classes, imageSize }: TrainingRequest): Parent | null {
  const parent = warmStartModel ? readDetector(warmStartModel) : null
  if (!parent || parent.parameters.size === 0 || (imageSize !== null && imageSize !== parent.card.viewSize)) return null
  if (JSON.stringify(parent.card.classes) === JSON.stringify(classes)) return parent
  return { parameters: withoutLayer(parent.parameters, 'heat'), card: { ...parent.card, trainedOn: '' } }
}

/** Each image with 32 bits of a hash of its marks, so that changed ones are told from known ones. */
export function fingerprintMarks(items: readonly MarkedItem[], marks: ReadonlyMap<number, readonly Mark[]>) {
  return items.map(({ imageId }, index) => ({ imageId, value: hashOf(marks.get(index) ?? []) }))
}

function hashOf(marks: readonly Mark[]): number {
  return createHash('sha256').update(JSON.stringify(marks)).digest().readUInt32LE(0)
}
