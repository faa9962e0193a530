import { GraphBuilder, type Value } from '../../graph/graph-builder.ts'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { NETWORKS } from '../../nn/backbones.ts'
import { InferenceLayers } from '../../nn/inference-layers.ts'
import type { NetworkSpec } from './network-spec.ts'

/** A network without its last layer. */
export interface FeatureNetwork {
  /** ONNX: `input` [N, channels, size, size] → `output` [N, featureCount]. */
  model: Uint8Array
  featureCount: number
  /** Name of the last layer, whose parameters are `<head>.weight` and `<head>.bias`. */
  head: string
  input: string
  output: string
  /** Whether it takes any number of pictures at once; else one. */
  takesMany: boolean
}

/** Everything of a classifier up to what its last layer reads. */
export function buildFeatureNetwork(spec: NetworkSpec, parameters: NamedTensors): FeatureNetwork {
  const graph = new GraphBuilder()
  const layers = new Headless(graph, parameters)
  const image = graph.input('image', [1, spec.channels, spec.imageSize, spec.imageSize], { 0: 'N' })
  const features = NETWORKS[spec.backbone](layers, image, spec.classCount)
  graph.output('features', features, { 0: 'N' })
  const featureCount = features.shape[1] ?? 0
  return { model: graph.build(), featureCount, head: layers.head, input: 'image', output: 'features', takesMany: true }
}

/** Leaves the projection out and remembers what it is called. */
class Headless extends InferenceLayers {
  head = ''

  override project(name: string, x: Value): Value {
    this.head = name
    return x
  }
}
