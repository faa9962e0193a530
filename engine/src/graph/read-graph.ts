import {
  ELEMENT_CODES,
  type ElementType,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './onnx-model.ts'
import { readFields, type WireField } from './wire-reader.ts'

/**
 * Reads a model that `encodeModel` wrote, whole. For files of others there is `inspectModel`: this reader knows only what
 * the writer writes. Field numbers: onnx.proto3 of ONNX 1.16. Throws WireFormatError.
 */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  const model: OnnxModel = {
    irVersion: 0,
    producer: '',
    operatorSets: [],
    metadata: new Map(),
    graph: { name: '', nodes: [], initializers: [], inputs: [], outputs: [] },
  }
  for (const { field, value } of readFields(bytes)) {
    if (field === 1) model.irVersion = Number(value)
    if (field === 2) model.producer = textOf(value)
    if (field === 7) decodeGraph(asBytes(value), model)
    if (field === 8) model.operatorSets.push({ domain: textAt(value, 1), version: Number(partsOf(value, 2)[0] ?? 0) })
    if (field === 14) model.metadata.set(textAt(value, 1), textAt(value, 2))
  }
  return model
}

function decodeGraph(bytes: Uint8Array, { graph }: OnnxModel): void {
  for (const { field, value } of readFields(bytes)) {
    if (field === 1) graph.nodes.push(decodeNode(value))
    if (field === 2) graph.name = textOf(value)
    if (field === 5) graph.initializers.push(decodeTensor(value))
    if (field === 11) graph.inputs.push(decodeValueInfo(value))
    if (field === 12) graph.outputs.push(decodeValueInfo(value))
  }
}

const decodeNode = (value: WireField['value']): OnnxNode => ({
  name: textAt(value, 3),
  operator: textAt(value, 4),
  domain: textAt(value, 7),
  inputs: partsOf(value, 1).map(textOf),
  outputs: partsOf(value, 2).map(textOf),
  attributes: Object.fromEntries(partsOf(value, 5).map((part) => [textAt(part, 1), decodeAttribute(part)])),
})

function decodeAttribute(value: WireField['value']): OnnxAttribute {
  const kind = Number(partsOf(value, 20)[0] ?? 0)
  if (kind === 1) return { float: floatOf(partsOf(value, 2)[0]) }
  if (kind === 2) return signed(partsOf(value, 3)[0])
  if (kind === 3) return textAt(value, 4)
  if (kind === 6) return { floats: partsOf(value, 7).map(floatOf) }
  return partsOf(value, 8).map(signed)
}

const TYPES = new Map(Object.entries(ELEMENT_CODES).map(([type, code]) => [code, type as ElementType]))
const typeOf = (code: WireField['value'] | undefined) => TYPES.get(Number(code ?? 1)) ?? 'float32'

const decodeTensor = (value: WireField['value']): OnnxTensor => ({
  name: textAt(value, 8),
  type: typeOf(partsOf(value, 2)[0]),
  shape: partsOf(value, 1).map(signed),
  bytes: asBytes(partsOf(value, 9)[0]),
})

function decodeValueInfo(value: WireField['value']): OnnxValueInfo {
  const [type] = partsOf(value, 2).flatMap((part) => partsOf(part, 1))
  const dimensions = partsOf(type, 2).flatMap((shape) => partsOf(shape, 1))
  return {
    name: textAt(value, 1),
    type: typeOf(partsOf(type, 1)[0]),
    shape: dimensions.map((part) => (partsOf(part, 2).length > 0 ? textAt(part, 2) : signed(partsOf(part, 1)[0]))),
  }
}

/** All that a message says under a number, in order. */
function partsOf(message: WireField['value'] | undefined, wanted: number): WireField['value'][] {
  if (!(message instanceof Uint8Array)) return []
  return [...readFields(message)].filter(({ field }) => field === wanted).map(({ value }) => value)
}

const asBytes = (value: WireField['value'] | undefined) => (value instanceof Uint8Array ? value : new Uint8Array())
const textOf = (value: WireField['value']) => new TextDecoder().decode(asBytes(value))
const textAt = (message: WireField['value'], field: number) => partsOf(message, field).map(textOf)[0] ?? ''
const signed = (value: WireField['value'] | undefined) =>
  typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0

function floatOf(value: WireField['value'] | undefined): number {
  const bytes = asBytes(value)
  return bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true)
}
