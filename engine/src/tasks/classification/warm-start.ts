import type { NamedTensors } from '../../graph/named-tensors.ts'
import { withoutLayer } from '../../model-file/without-layer.ts'
import type { TrainingRequest } from '../../runner/messages.ts'
import { readClassifier } from './classifier-file.ts'
import { buildFeatureNetwork } from './feature-network.ts'
import type { ModelCard } from './model-card.ts'

/** The model a training goes on from. */
export interface Parent {
  parameters: NamedTensors
  card: ModelCard
}

/**
 * The model to go on from, when it has the same network; null otherwise. One that answers another question comes without
 * its last layer, as one that has seen none of the items.
 */
export function readParent(request: TrainingRequest): Parent | null {
  const { warmStartModel, classes, backbone, imageSize } = request
  const parent = warmStartModel ? readClassifier(warmStartModel) : null
  if (parent?.card.backbone !== backbone || parent.parameters.size === 0) return null
  if (imageSize !== null && imageSize !== parent.card.imageSize) return null
  if (JSON.stringify(parent.card.classes) === JSON.stringify(classes)) return parent
  const { head } = buildFeatureNetwork({ ...parent.card, classCount: parent.card.classes.length }, parent.parameters)
  return { parameters: withoutLayer(parent.parameters, head), card: { ...parent.card, trainedOn: '' } }
}
