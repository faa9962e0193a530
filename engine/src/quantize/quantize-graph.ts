import type { ElementType, OnnxModel, OnnxNode, OnnxTensor } from '../graph/onnx-model.ts'
import type { ValueRange } from './find-ranges.ts'
import { bytesOf, isOnBytes, sourcesOf, valuesRead } from './quantized-values.ts'

/** Steps of a value: value = scale · (byte − zero). */
interface Steps {
  scale: number
  zero: number
}

/**
 * Seven bits and the sign: products of two neighbours then fit into 16 bits, as processors without VNNI need
 * (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html, "U8S8 can suffer from saturation").
 */
const MOST_WEIGHT = 63

/**
 * The same network on bytes: values as uint8 with a scale and a zero of their own, kernels as int8 with a scale for each
 * output channel, sums as int32, written with QuantizeLinear and DequantizeLinear around each operator, which the runtime
 * melts into one. Source: Jacob et al., Quantization and training of neural networks, 2018.
 */
export function quantizeGraph(model: OnnxModel, ranges: ReadonlyMap<string, ValueRange>): OnnxModel {
  const { graph } = model
  const sources = sourcesOf(model)
  const stepsOf = (name: string): Steps => stepsFor(ranges.get(sources.get(name) ?? name))
  const isByte = new Set(bytesOf(model))
  const weights = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]))
  const nodes: OnnxNode[] = []
  const constants: OnnxTensor[] = []
  const fromBytes = (name: string) => `${name} from bytes`

  const addConstant = (name: string, type: ElementType, shape: number[], data: ArrayBufferView) => {
    constants.push({ name, type, shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) })
    return name
  }
  const addBytes = (name: string) => {
    const { scale, zero } = stepsOf(name)
    const steps = [
      addConstant(`${name} scale`, 'float32', [], Float32Array.of(scale)),
      addConstant(`${name} zero`, 'uint8', [], Uint8Array.of(zero)),
    ]
    const bytes = `${name} bytes`
    nodes.push(makeNode('QuantizeLinear', [name, ...steps], bytes))
    nodes.push(makeNode('DequantizeLinear', [bytes, ...steps], fromBytes(name)))
  }
  /** Kernels or bias on whole numbers, one scale for each output channel. */
  const addWhole = (
    name: string,
    type: 'int8' | 'int32',
    shape: number[],
    data: Int8Array | Int32Array,
    scales: Float32Array,
  ) => {
    const whole = addConstant(`${name} whole`, type, shape, data)
    const zero = addConstant(
      `${name} zero`,
      type,
      [scales.length],
      type === 'int8' ? new Int8Array(scales.length) : new Int32Array(scales.length),
    )
    const scale = addConstant(`${name} scale`, 'float32', [scales.length], scales)
    nodes.push(makeNode('DequantizeLinear', [whole, scale, zero], fromBytes(name), { axis: 0 }))
    return fromBytes(name)
  }
  const quantizeKernels = (node: OnnxNode): string[] => {
    const [input = '', kernelName = '', biasName] = node.inputs
    const kernels = floatsOf(weights.get(kernelName))
    if (!kernels) return node.inputs
    const { whole, scales } = wholeKernels(kernels.data, kernels.shape[0] ?? 1)
    const inputs = [fromBytes(input), addWhole(kernelName, 'int8', kernels.shape, whole, scales)]
    const bias = biasName ? floatsOf(weights.get(biasName)) : null
    if (!biasName || !bias) return inputs
    const sums = scales.map((scale) => scale * stepsOf(input).scale)
    const wholeBias = Int32Array.from(bias.data, (value, channel) => Math.round(value / (sums[channel] ?? 1)))
    return [...inputs, addWhole(biasName, 'int32', bias.shape, wholeBias, sums)]
  }

  for (const { name } of graph.inputs) if (isByte.has(name)) addBytes(name)
  for (const node of graph.nodes) {
    const read = new Set(isOnBytes(node) ? valuesRead(node) : [])
    const inputs = node.inputs.map((name) => (read.has(name) && isByte.has(name) ? fromBytes(name) : name))
    nodes.push({ ...node, inputs: node.operator === 'Conv' ? quantizeKernels(node) : inputs })
    for (const name of node.outputs) if (isByte.has(name)) addBytes(name)
  }
  const used = new Set(nodes.flatMap(({ inputs }) => inputs))
  const initializers = [...graph.initializers, ...constants].filter(({ name }) => used.has(name))
  return { ...model, graph: { ...graph, nodes, initializers } }
}

const makeNode = (operator: string, inputs: string[], output: string, attributes = {}): OnnxNode => ({
  ...{ name: `${operator} ${output}`, operator, domain: '', inputs, outputs: [output] },
  attributes,
})

/** Zero is a number of its own, so that padding and ReLU are exact. */
function stepsFor(range: ValueRange = { least: 0, most: 0 }): Steps {
  const [least, most] = [Math.min(0, range.least), Math.max(0, range.most)]
  const scale = Math.fround((most - least) / 255) || 1
  return { scale, zero: Math.max(0, Math.min(255, Math.round(-least / scale))) }
}

/** `kernels` [channel, …] → whole numbers −63..63 and what one of them is worth, by channel. */
function wholeKernels(kernels: Float32Array, channels: number): { whole: Int8Array; scales: Float32Array } {
  const each = kernels.length / channels
  const scales = new Float32Array(channels)
  for (let channel = 0; channel < channels; channel += 1) {
    const own = kernels.subarray(channel * each, (channel + 1) * each)
    scales[channel] = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / MOST_WEIGHT || 1
  }
  const whole = Int8Array.from(kernels, (value, at) => Math.round(value / (scales[Math.floor(at / each)] as number)))
  return { whole, scales }
}

function floatsOf(tensor: OnnxTensor | undefined): { shape: number[]; data: Float32Array } | null {
  if (tensor?.type !== 'float32') return null
  return { shape: tensor.shape, data: new Float32Array(new Uint8Array(tensor.bytes).buffer) }
}
