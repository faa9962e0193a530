import { GraphBuilder } from '../../graph/graph-builder.ts'
import { openOnnx } from '../../onnx.ts'
import { blockedNode } from './layout.ts'

let known: Promise<number> | undefined

/**
 * Channels of one block on this machine, 8 or 16; 0 where this runtime has no blocked layout. The layout is internal to
 * the runtime, so it is asked by what it does: a reordered ramp tells how wide a block is.
 */
export function blockSize(): Promise<number> {
  known ??= measureBlockSize()
  return known
}

const CHANNELS = 32

async function measureBlockSize(): Promise<number> {
  const shape = [1, CHANNELS, 1, 2]
  const graph = new GraphBuilder()
  const x = graph.input('x', shape)
  graph.output('y', blockedNode(graph, 'ReorderInput', [x], shape))
  try {
    const session = await openOnnx(graph.build(), { threads: 1 })
    const { y } = await session.run({ x: { shape, data: Float32Array.from({ length: 2 * CHANNELS }, (_, i) => i) } })
    await session.dispose()
    // Channel 0 has the values 0 and 1: the block ends where the second place of channel 0 begins.
    const size = y?.indexOf(1) ?? 0
    return size === 8 || size === 16 ? size : 0
  } catch {
    return 0
  }
}
