import { reshape } from '../../graph/arithmetic.ts'
import type { GraphBuilder, Value } from '../../graph/graph-builder.ts'
import { imageShape } from '../../graph/shape.ts'
import { blockedNode } from './layout.ts'

/**
 * y = x·scale + shift + add, then ReLU when asked, in one pass over memory: a depthwise 1×1 convolution. `x`, `add`
 * [batch, channels, height, width] blocked; `scale`, `shift` [channels].
 */
export function scaleChannels(
  graph: GraphBuilder,
  x: Value,
  scale: Value,
  {
    shift = null,
    add = null,
    isRectified = false,
  }: { shift?: Value | null; add?: Value | null; isRectified?: boolean },
): Value {
  const [, channels] = imageShape(x.shape)
  return blockedNode(graph, 'Conv', [x, reshape(graph, scale, [channels, 1, 1, 1]), shift, add], x.shape, {
    group: channels,
    kernel_shape: [1, 1],
    activation: isRectified ? 'Relu' : undefined,
  })
}
