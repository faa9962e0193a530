import {
  ELEMENT_CODES,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './onnx-model.ts'
import { WireWriter } from './wire-writer.ts'

/** Encodes a model as an ONNX file. Field numbers: onnx.proto3 of ONNX 1.16. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const writer = new WireWriter()
  writer.integer(1, model.irVersion)
  writer.text(2, model.producer)
  writer.message(7, (graph) => writeGraph(graph, model.graph))
  for (const { domain, version } of model.operatorSets)
    writer.message(8, (entry) => {
      entry.text(1, domain)
      entry.integer(2, version)
    })
  for (const [key, value] of model.metadata)
    writer.message(14, (entry) => {
      entry.text(1, key)
      entry.text(2, value)
    })
  return writer.toBytes()
}

function writeGraph(writer: WireWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) writer.message(1, (inner) => writeNode(inner, node))
  writer.text(2, graph.name)
  for (const tensor of graph.initializers) writer.message(5, (inner) => writeTensor(inner, tensor))
  for (const input of graph.inputs) writer.message(11, (inner) => writeValueInfo(inner, input))
  for (const output of graph.outputs) writer.message(12, (inner) => writeValueInfo(inner, output))
}

export function writeNode(writer: WireWriter, node: OnnxNode): void {
  for (const input of node.inputs) writer.text(1, input)
  for (const output of node.outputs) writer.text(2, output)
  writer.text(3, node.name)
  writer.text(4, node.operator)
  for (const [name, value] of Object.entries(node.attributes))
    writer.message(5, (inner) => writeAttribute(inner, name, value))
  if (node.domain !== '') writer.text(7, node.domain)
}

function writeAttribute(writer: WireWriter, name: string, value: OnnxAttribute): void {
  writer.text(1, name)
  if (typeof value === 'number') {
    writer.integer(3, value)
    writer.integer(20, 2)
  } else if (typeof value === 'string') {
    writer.text(4, value)
    writer.integer(20, 3)
  } else if ('float' in value) {
    writer.float(2, value.float)
    writer.integer(20, 1)
  } else if ('floats' in value) {
    for (const item of value.floats) writer.float(7, item)
    writer.integer(20, 6)
  } else {
    for (const item of value) writer.integer(8, item)
    writer.integer(20, 7)
  }
}

export function writeTensor(writer: WireWriter, tensor: OnnxTensor): void {
  for (const dimension of tensor.shape) writer.integer(1, dimension)
  writer.integer(2, ELEMENT_CODES[tensor.type])
  writer.text(8, tensor.name)
  writer.bytes(9, tensor.bytes)
}

export function writeValueInfo(writer: WireWriter, info: OnnxValueInfo): void {
  writer.text(1, info.name)
  writer.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.integer(1, ELEMENT_CODES[info.type])
      tensor.message(2, (shape) => {
        for (const dimension of info.shape)
          shape.message(1, (inner) =>
            typeof dimension === 'number' ? inner.integer(1, dimension) : inner.text(2, dimension),
          )
      })
    }),
  )
}
