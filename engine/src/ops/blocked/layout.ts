import { reshape } from '../../graph/arithmetic.ts'
import type { GraphBuilder, NodeOptions, Value } from '../../graph/graph-builder.ts'
import { imageShape, type Shape } from '../../graph/shape.ts'
import type { Tape } from '../../graph/tape.ts'

/**
 * Blocked layout (NCHWc): memory order [batch, channels/block, height, width, block], the block as wide as a vector
 * register. ONNX Runtime keeps its fastest convolutions for it, in a domain of its own. A blocked value carries the shape
 * [batch, channels, height, width]; its memory may be read in any shape that keeps this order.
 * Only training graphs use it: exported models are plain.
 */
const DOMAIN = 'com.microsoft.nchwc'

export function blockedNode(
  graph: GraphBuilder,
  operator: string,
  inputs: (Value | null)[],
  shape: Shape,
  attributes: NodeOptions['attributes'] = {},
): Value {
  return graph.node(operator, inputs, shape, { domain: DOMAIN, attributes })
}

/** [n, channels, places] → [n, channels/block, places, block]; returned in the shape asked for. */
export function blockChannels(
  graph: GraphBuilder,
  x: Value,
  [n, channels, places]: readonly [number, number, number],
  shape: Shape,
): Value {
  const from = [n, channels, places, 1]
  return reshape(graph, blockedNode(graph, 'ReorderInput', [reshape(graph, x, from)], from), shape)
}

/** [n, channels/block, places, block] → [n, channels, places]; returned in the shape asked for. */
export function unblockChannels(
  graph: GraphBuilder,
  x: Value,
  [n, channels, places]: readonly [number, number, number],
  shape: Shape,
): Value {
  return reshape(graph, unblock(graph, reshape(graph, x, [n, channels, places, 1])), shape)
}

/** [n, channels/block, places, block] → [n, places, channels]; returned in the shape asked for. */
export function unblockLast(
  graph: GraphBuilder,
  x: Value,
  [n, channels, places]: readonly [number, number, number],
  shape: Shape,
): Value {
  const plain = blockedNode(
    graph,
    'ReorderOutput',
    [reshape(graph, x, [n, channels, places, 1])],
    [n, places, 1, channels],
    { channels, channels_last: 1 },
  )
  return reshape(graph, plain, shape)
}

/** Blocked memory from a plain value; the gradient goes the way back. */
export function toBlocked(tape: Tape, x: Value): Value {
  return tape.record(block(tape.graph, x), [{ input: x, share: (dy) => unblock(tape.graph, dy) }])
}

/** Plain memory from a blocked value; the gradient goes the way back. */
export function toPlain(tape: Tape, x: Value): Value {
  return tape.record(unblock(tape.graph, x), [{ input: x, share: (dy) => block(tape.graph, dy) }])
}

function block(graph: GraphBuilder, x: Value): Value {
  return blockedNode(graph, 'ReorderInput', [x], x.shape)
}

function unblock(graph: GraphBuilder, x: Value): Value {
  const [, channels] = imageShape(x.shape)
  return blockedNode(graph, 'ReorderOutput', [x], x.shape, { channels })
}
