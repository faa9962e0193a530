import { writeNode, writeTensor, writeValueInfo } from '../graph/encode-model.ts'
import type { OnnxNode, OnnxTensor, OnnxValueInfo } from '../graph/onnx-model.ts'
import { readFields } from '../graph/wire-reader.ts'
import { WireWriter } from '../graph/wire-writer.ts'

/** What is written behind the network of another program. */
export interface Extension {
  nodes: readonly OnnxNode[]
  initializers: readonly OnnxTensor[]
  /** Take the place of the model's own. */
  outputs: readonly OnnxValueInfo[]
  metadata: ReadonlyMap<string, string>
}

const [GRAPH, METADATA] = [7, 14]
const [NODE, INITIALIZER, OUTPUT] = [1, 5, 12]
const [NODE_NAME, TENSOR_NAME] = [3, 8]

/**
 * The model with other outputs, made by nodes behind its own. Everything else stays byte by byte as it was, but for nodes
 * and tensors of an earlier extension, whose names begin with `prefix`. Field numbers: onnx.proto3 of ONNX 1.16.
 */
export function extendModel(bytes: Uint8Array, prefix: string, extension: Extension): Uint8Array {
  const model = new WireWriter()
  for (const { field, value } of readFields(bytes)) {
    if (typeof value === 'bigint') model.integer(field, value)
    else if (field === GRAPH) model.message(field, (graph) => extendGraph(graph, value, prefix, extension))
    else model.bytes(field, value)
  }
  for (const [key, text] of extension.metadata) {
    model.message(METADATA, (entry) => {
      entry.text(1, key)
      entry.text(2, text)
    })
  }
  return model.toBytes()
}

function extendGraph(graph: WireWriter, bytes: Uint8Array, prefix: string, extension: Extension): void {
  for (const { field, value } of readFields(bytes)) {
    if (typeof value === 'bigint') graph.integer(field, value)
    else if (!isReplaced(field, value, prefix)) graph.bytes(field, value)
  }
  for (const node of extension.nodes) graph.message(NODE, (inner) => writeNode(inner, node))
  for (const tensor of extension.initializers) graph.message(INITIALIZER, (inner) => writeTensor(inner, tensor))
  for (const output of extension.outputs) graph.message(OUTPUT, (inner) => writeValueInfo(inner, output))
}

function isReplaced(field: number, value: Uint8Array, prefix: string): boolean {
  if (field === OUTPUT) return true
  if (field === NODE) return nameIn(value, NODE_NAME).startsWith(prefix)
  return field === INITIALIZER && nameIn(value, TENSOR_NAME).startsWith(prefix)
}

function nameIn(bytes: Uint8Array, wanted: number): string {
  for (const { field, value } of readFields(bytes)) {
    if (field === wanted && value instanceof Uint8Array) return new TextDecoder().decode(value)
  }
  return ''
}
