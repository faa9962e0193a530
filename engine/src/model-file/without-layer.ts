import type { NamedTensors } from '../graph/named-tensors.ts'

/** The parameters without those of one layer, which then starts anew. */
export function withoutLayer(parameters: NamedTensors, layer: string): NamedTensors {
  return new Map([...parameters].filter(([name]) => name !== `${layer}.weight` && name !== `${layer}.bias`))
}
