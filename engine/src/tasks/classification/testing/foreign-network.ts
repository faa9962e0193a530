import { matrixProduct } from '../../../graph/arithmetic.ts'
import { GraphBuilder } from '../../../graph/graph-builder.ts'

const [CLASSES, FEATURES] = [5, 12]

/**
 * A classifier as another program would write it: `pixels` [N, 3, 32, 32] → mean colours of its four quarters → `scores`
 * of five classes that no project of ours asks for.
 */
export function writeForeignNetwork(): Uint8Array {
  const graph = new GraphBuilder()
  const pixels = graph.input('pixels', [1, 3, 32, 32], { 0: 'N' })
  const means = graph.node('AveragePool', [pixels], [1, 3, 2, 2], {
    attributes: { kernel_shape: [16, 16], strides: [16, 16] },
  })
  const features = graph.node('Flatten', [means], [1, FEATURES], { attributes: { axis: 1 } })
  const weights = graph.floats([CLASSES, FEATURES], new Float32Array(CLASSES * FEATURES).fill(0.1))
  graph.output('scores', matrixProduct(graph, features, weights, { transposeB: true }), { 0: 'N' })
  return graph.build()
}
