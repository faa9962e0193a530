/** The part of ONNX's ModelProto this engine writes and reads, as plain objects. */
export interface OnnxModel {
  irVersion: number
  producer: string
  operatorSets: { domain: string; version: number }[]
  metadata: Map<string, string>
  graph: OnnxGraph
}

export interface OnnxGraph {
  name: string
  nodes: OnnxNode[]
  initializers: OnnxTensor[]
  inputs: OnnxValueInfo[]
  outputs: OnnxValueInfo[]
}

export interface OnnxNode {
  name: string
  operator: string
  domain: string
  inputs: string[]
  outputs: string[]
  attributes: Record<string, OnnxAttribute>
}

/** A bare number is an integer, a bare array integers: floats are marked, because ONNX tells them apart. */
export type OnnxAttribute = number | string | readonly number[] | { float: number } | { floats: readonly number[] }

export type ElementType = 'float32' | 'uint8' | 'int8' | 'int32' | 'int64' | 'bool'

export interface OnnxTensor {
  name: string
  type: ElementType
  shape: number[]
  /** Little-endian, row-major. */
  bytes: Uint8Array
}

export interface OnnxValueInfo {
  name: string
  type: ElementType
  /** A text is the name of a dimension known only at run time. */
  shape: (number | string)[]
}

/** Codes of TensorProto.DataType. */
export const ELEMENT_CODES: Record<ElementType, number> = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 }
export const ELEMENT_BYTES: Record<ElementType, number> = { float32: 4, uint8: 1, int8: 1, int32: 4, int64: 8, bool: 1 }
