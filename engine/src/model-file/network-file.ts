import { z } from 'zod'
import { type FreeAxes, GraphBuilder, type Value } from '../graph/graph-builder.ts'
import type { NamedTensors } from '../graph/named-tensors.ts'
import { readModel } from '../graph/read-model.ts'
import type { Shape } from '../graph/shape.ts'
import { InferenceLayers } from '../nn/inference-layers.ts'
import type { Layers } from '../nn/layers.ts'
import { packNorms, unfoldKernels, unpackNorms } from './norm-statistics.ts'

const METADATA_KEY = 'vesalius'

const Metadata = z.object({
  card: z.unknown(),
  norms: z.record(z.string(), z.string()),
  convolutions: z.record(z.string(), z.string()),
  /** Numbers of the file that are not those that were learnt. */
  precision: z.literal('int8').optional(),
})

/** The forward part of a network, to be written as a model file. */
export interface ForwardPart {
  /** Shape of the only input, `image`. */
  image: Shape
  /** Axes of `image` and of the outputs whose size the caller chooses. */
  free: FreeAxes
  /** The outputs, by name. */
  write(graph: GraphBuilder, layers: Layers, image: Value): Readonly<Record<string, Value>>
}

/**
 * A plain ONNX model of standard operators, normalisation folded into the convolutions. With a card it also carries what
 * a warm start needs, in its metadata.
 */
export function encodeNetwork(part: ForwardPart, parameters: NamedTensors, card: unknown = null): Uint8Array {
  const graph = new GraphBuilder()
  const layers = new InferenceLayers(graph, parameters)
  const outputs = part.write(graph, layers, graph.input('image', part.image, part.free))
  for (const [name, value] of Object.entries(outputs)) graph.output(name, value, part.free)
  if (card === null) return graph.build()
  const contents = { card, norms: packNorms(parameters), convolutions: Object.fromEntries(layers.folded) }
  return graph.build(new Map([[METADATA_KEY, JSON.stringify(contents)]]))
}

/** Metadata of a file whose numbers are no longer those that were learnt: it answers, and nothing goes on from it. */
export function withCardAlone(metadata: ReadonlyMap<string, string>): Map<string, string> {
  const { card } = Metadata.parse(JSON.parse(metadata.get(METADATA_KEY) ?? '{}'))
  return new Map([
    ...metadata,
    [METADATA_KEY, JSON.stringify({ card, norms: {}, convolutions: {}, precision: 'int8' })],
  ])
}

/**
 * The card of one of our model files and its parameters as they were before folding, none where it is on whole numbers; null
 * when it is not ours.
 */
export function decodeNetwork(bytes: Uint8Array): { parameters: NamedTensors; card: unknown } | null {
  const { metadata, tensors } = readModel(bytes)
  const text = metadata.get(METADATA_KEY)
  const parsed = text === undefined ? null : Metadata.safeParse(JSON.parse(text))
  if (!parsed?.success) return null
  const { card, norms, convolutions, precision } = parsed.data
  if (precision) return { parameters: new Map(), card }
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
