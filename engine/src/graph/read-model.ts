import type { NamedTensors } from './named-tensors.ts'
import { readFields } from './wire-reader.ts'

/** What we read back from an ONNX file: its metadata and its float32 initializers. */
export interface ModelContents {
  metadata: Map<string, string>
  tensors: NamedTensors
}

const MAXIMUM_BYTES = 2 * 1024 ** 3

/** Field numbers: onnx.proto3 of ONNX 1.16. Throws WireFormatError or RangeError for what cannot be such a file. */
export function readModel(bytes: Uint8Array): ModelContents {
  if (bytes.byteLength > MAXIMUM_BYTES) throw new RangeError('the model file is too large')
  const contents: ModelContents = { metadata: new Map(), tensors: new Map() }
  for (const { field, value } of readFields(bytes)) {
    if (!(value instanceof Uint8Array)) continue
    if (field === 7) readGraph(value, contents)
    if (field === 14) readEntry(value, contents.metadata)
  }
  return contents
}

function readGraph(bytes: Uint8Array, { tensors }: ModelContents): void {
  for (const { field, value } of readFields(bytes)) {
    if (field === 5 && value instanceof Uint8Array) readTensor(value, tensors)
  }
}

function readTensor(bytes: Uint8Array, tensors: NamedTensors): void {
  const shape: number[] = []
  let type = 0n
  let name = ''
  let raw = new Uint8Array()
  for (const { field, value } of readFields(bytes)) {
    if (field === 1 && typeof value === 'bigint') shape.push(Number(value))
    if (field === 2 && typeof value === 'bigint') type = value
    if (field === 8 && value instanceof Uint8Array) name = new TextDecoder().decode(value)
    if (field === 9 && value instanceof Uint8Array) raw = new Uint8Array(value)
  }
  const count = shape.reduce((product, dimension) => product * dimension, 1)
  if (type !== 1n || raw.byteLength !== count * 4) return
  tensors.set(name, { shape, data: new Float32Array(raw.buffer, 0, count) })
}

function readEntry(bytes: Uint8Array, metadata: Map<string, string>): void {
  const [key = '', text = ''] = [1, 2].map((wanted) => {
    const found = [...readFields(bytes)].find(({ field }) => field === wanted)?.value
    return found instanceof Uint8Array ? new TextDecoder().decode(found) : ''
  })
  metadata.set(key, text)
}
