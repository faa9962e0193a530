import { readFileSync } from 'node:fs'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { decodeNetwork, encodeNetwork } from '../../model-file/network-file.ts'
import { UNET_MULTIPLE, unet } from '../../nn/unet.ts'
import { writeUpsampling } from '../../ops/upsampling.ts'
import { SegmenterCard } from './model-card.ts'
import { mapCount, type SegmenterSpec } from './network-spec.ts'

const FREE = { 0: 'N', 2: 'H', 3: 'W' }

/**
 * Input `image` [N, channels, H, W] float32 in tones −1..1, H and W multiples of 32; output `maps` [N, maps, H, W], 0..1:
 * one map for each class, then the way to the middle, across and down, where instances are told apart.
 */
export function encodeSegmenter(spec: SegmenterSpec, parameters: NamedTensors, card: SegmenterCard | null): Uint8Array {
  const part = {
    image: [1, spec.channels, UNET_MULTIPLE, UNET_MULTIPLE],
    free: FREE,
    write: (graph, layers, image) => {
      const { stride } = spec
      const small = unet(layers, image, mapCount(spec), stride)
      const logits = stride === 1 ? small : writeUpsampling(graph, small, stride, 'linear')
      return { maps: graph.node('Sigmoid', [logits], logits.shape) }
    },
  } satisfies Parameters<typeof encodeNetwork>[0]
  return encodeNetwork(part, parameters, card)
}

export function decodeSegmenter(bytes: Uint8Array): { parameters: NamedTensors; card: SegmenterCard } | null {
  const found = decodeNetwork(bytes)
  const card = found && SegmenterCard.safeParse(found.card)
  return found && card?.success ? { parameters: found.parameters, card: card.data } : null
}

export const readSegmenter = (file: string) => decodeSegmenter(readFileSync(file))
