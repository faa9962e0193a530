import { readFileSync } from 'node:fs'
import { divide } from '../../graph/arithmetic.ts'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { decodeNetwork, encodeNetwork } from '../../model-file/network-file.ts'
import { NETWORKS } from '../../nn/backbones.ts'
import { ModelCard } from './model-card.ts'
import type { NetworkSpec } from './network-spec.ts'

const BATCH = { 0: 'N' }

/**
 * Input `image` [N, channels, size, size] float32, normalised as the card says; outputs `logits` and calibrated
 * `probabilities` [N, classes].
 */
export function encodeClassifier(spec: NetworkSpec, parameters: NamedTensors, card: ModelCard | null): Uint8Array {
  const part = {
    image: [1, spec.channels, spec.imageSize, spec.imageSize],
    free: BATCH,
    write: (graph, layers, image) => {
      const logits = NETWORKS[spec.backbone](layers, image, spec.classCount)
      const cooled = divide(graph, logits, graph.scalar(card?.temperature ?? 1))
      const probabilities = graph.node('Softmax', [cooled], logits.shape, { attributes: { axis: 1 } })
      return { logits, probabilities }
    },
  } satisfies Parameters<typeof encodeNetwork>[0]
  return encodeNetwork(part, parameters, card)
}

export function decodeClassifier(bytes: Uint8Array): { parameters: NamedTensors; card: ModelCard } | null {
  const found = decodeNetwork(bytes)
  const card = found && ModelCard.safeParse(found.card)
  return found && card?.success ? { parameters: found.parameters, card: card.data } : null
}

export const readClassifier = (file: string) => decodeClassifier(readFileSync(file))
