import type { GraphBuilder, Value } from './graph-builder.ts'
import { broadcastShapes, dimensionAt, elementCount, type Shape, sameShape } from './shape.ts'

/** Typed shorthands for the standard operators the rules are written in; each knows its output shape. */

function binary(graph: GraphBuilder, operator: string, a: Value, b: Value): Value {
  return graph.node(operator, [a, b], broadcastShapes(a.shape, b.shape))
}

export const add = (graph: GraphBuilder, a: Value, b: Value): Value => binary(graph, 'Add', a, b)
export const subtract = (graph: GraphBuilder, a: Value, b: Value): Value => binary(graph, 'Sub', a, b)
export const multiply = (graph: GraphBuilder, a: Value, b: Value): Value => binary(graph, 'Mul', a, b)
export const divide = (graph: GraphBuilder, a: Value, b: Value): Value => binary(graph, 'Div', a, b)
export const squareRoot = (graph: GraphBuilder, a: Value): Value => graph.node('Sqrt', [a], a.shape)

export function reshape(graph: GraphBuilder, value: Value, shape: Shape): Value {
  if (elementCount(shape) !== elementCount(value.shape))
    throw new RangeError(`[${value.shape.join(', ')}] cannot be read as [${shape.join(', ')}]`)
  if (sameShape(shape, value.shape)) return value
  return graph.node('Reshape', [value, graph.integers(shape)], shape)
}

export function transpose(graph: GraphBuilder, value: Value, order: readonly number[]): Value {
  return graph.node(
    'Transpose',
    [value],
    order.map((axis) => dimensionAt(value.shape, axis)),
    { attributes: { perm: order } },
  )
}

/** Adds zeros: `before[axis]` in front and `after[axis]` behind. */
export function pad(graph: GraphBuilder, value: Value, before: readonly number[], after: readonly number[]): Value {
  if ([...before, ...after].every((count) => count === 0)) return value
  const shape = value.shape.map((dimension, axis) => dimension + (before[axis] ?? 0) + (after[axis] ?? 0))
  return graph.node('Pad', [value, graph.integers([...before, ...after])], shape)
}

/** Elements `start, start + step, …` below `end` along `axis`. */
export function slice(graph: GraphBuilder, value: Value, axis: number, start: number, end: number, step = 1): Value {
  if (start === 0 && end === value.shape[axis] && step === 1) return value
  const shape = value.shape.map((dimension, index) => (index === axis ? Math.ceil((end - start) / step) : dimension))
  return graph.node(
    'Slice',
    [value, graph.integers([start]), graph.integers([end]), graph.integers([axis]), graph.integers([step])],
    shape,
  )
}

export function concatenate(graph: GraphBuilder, values: Value[], axis: number): Value {
  const [first] = values
  if (!first) throw new RangeError('nothing to concatenate')
  if (values.length === 1) return first
  const total = values.reduce((sum, value) => sum + dimensionAt(value.shape, axis), 0)
  const shape = first.shape.map((dimension, index) => (index === axis ? total : dimension))
  return graph.node('Concat', values, shape, { attributes: { axis } })
}

export function reduce(
  graph: GraphBuilder,
  operator: 'ReduceSum' | 'ReduceMean',
  value: Value,
  axes: readonly number[],
  keepAxes: boolean,
): Value {
  const shape = keepAxes
    ? value.shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension))
    : value.shape.filter((_, axis) => !axes.includes(axis))
  return graph.node(operator, [value, graph.integers(axes)], shape, { attributes: { keepdims: keepAxes ? 1 : 0 } })
}

interface ProductOptions {
  transposeA?: boolean
  transposeB?: boolean
  /** The product counts so many times; 1 when missing. */
  scale?: number
  /** `[columns]`, added to every row; or as large as the product. */
  bias?: Value
  /** The bias counts so many times; 1 when missing. */
  biasScale?: number
}

/** Product of two matrices, each read as its transpose when asked. */
export function matrixProduct(graph: GraphBuilder, a: Value, b: Value, options: ProductOptions = {}): Value {
  const { transposeA, transposeB, scale, bias, biasScale } = options
  const rows = dimensionAt(a.shape, transposeA ? 1 : 0)
  const columns = dimensionAt(b.shape, transposeB ? 0 : 1)
  const inner = dimensionAt(a.shape, transposeA ? 0 : 1)
  if (inner !== dimensionAt(b.shape, transposeB ? 1 : 0))
    throw new RangeError(`matrices [${a.shape.join(', ')}] and [${b.shape.join(', ')}] do not fit`)
  return graph.node('Gemm', bias ? [a, b, bias] : [a, b], [rows, columns], {
    attributes: {
      transA: transposeA ? 1 : undefined,
      transB: transposeB ? 1 : undefined,
      alpha: scale === undefined ? undefined : { float: scale },
      beta: biasScale === undefined ? undefined : { float: biasScale },
    },
  })
}
