import { z } from 'zod'
import { divide } from '../graph/arithmetic.ts'
import { GraphBuilder } from '../graph/graph-builder.ts'
import type { NamedTensors } from '../graph/named-tensors.ts'
import { readModel } from '../graph/read-model.ts'
import { NETWORKS } from '../nn/backbones.ts'
import { InferenceLayers } from '../nn/inference-layers.ts'
import { ModelCard } from '../tasks/classification/model-card.ts'
import { OPERATOR_SET } from '../train/training-graph.ts'
import type { NetworkSpec } from '../train/training-session.ts'
import { packNorms, unfoldKernels, unpackNorms } from './norm-statistics.ts'

const METADATA_KEY = 'vesalius'
const Metadata = z.object({
  card: ModelCard,
  norms: z.record(z.string(), z.string()),
  convolutions: z.record(z.string(), z.string()),
})

/**
 * A plain ONNX model: input `image` [N, channels, size, size] float32, normalised as the card says; outputs `logits`
 * and calibrated `probabilities` [N, classes]. Standard operators only; the card is in the metadata.
 */
export function encodeClassifier(spec: NetworkSpec, parameters: NamedTensors, card: ModelCard | null): Uint8Array {
  const graph = new GraphBuilder()
  const layers = new InferenceLayers(graph, parameters)
  const image = graph.input('image', [1, spec.channels, spec.imageSize, spec.imageSize], true)
  const logits = NETWORKS[spec.backbone](layers, image, spec.classCount)
  graph.output('logits', logits, true)
  const cooled = divide(graph, logits, graph.scalar(card?.temperature ?? 1))
  graph.output('probabilities', graph.node('Softmax', [cooled], logits.shape, { attributes: { axis: 1 } }), true)
  const metadata = new Map<string, string>()
  if (card) {
    const contents = { card, norms: packNorms(parameters), convolutions: Object.fromEntries(layers.folded) }
    metadata.set(METADATA_KEY, JSON.stringify(contents))
  }
  return graph.build({ operatorSet: OPERATOR_SET, metadata })
}

/** The card of one of our model files and its parameters as they were before folding; null when it is not ours. */
export function decodeClassifier(bytes: Uint8Array): { parameters: NamedTensors; card: ModelCard } | null {
  const { metadata, tensors } = readModel(bytes)
  const text = metadata.get(METADATA_KEY)
  const parsed = text === undefined ? null : Metadata.safeParse(JSON.parse(text))
  if (!parsed?.success) return null
  const { card, norms, convolutions } = parsed.data
  const statistics = unpackNorms(norms)
  const parameters: NamedTensors = new Map([...tensors].filter(([name]) => /\.(weight|bias)$/.test(name)))
  for (const [convolution, norm] of Object.entries(convolutions)) {
    const kernels = parameters.get(`${convolution}.weight`)
    const scale = statistics.get(`${norm}.weight`)
    const variance = statistics.get(`${norm}.running_var`)
    if (!kernels || !scale || !variance) return null
    kernels.data = unfoldKernels(kernels.data, scale.data, variance.data)
    parameters.delete(`${convolution}.bias`)
  }
  for (const [name, tensor] of statistics) parameters.set(name, tensor)
  return { parameters, card }
}
