import { encodeModel } from '../graph/encode-model.ts'
import type { OnnxModel } from '../graph/onnx-model.ts'
import { openModel } from '../tasks/families.ts'

export interface ValueRange {
  least: number
  most: number
}

const [LEAST, MOST] = ['least of ', 'most of ']

/**
 * Between which numbers values of a model lie while it looks at pictures: the least and the most of all. The mean of what
 * each picture had cuts too much off: a classifier fell from .51 to .27. Throws PredictionError.
 */
export async function findRanges(
  model: OnnxModel,
  names: readonly string[],
  pictures: readonly string[],
): Promise<Map<string, ValueRange>> {
  const ranges = new Map(names.map((name) => [name, { least: 0, most: 0 }]))
  const onResults = (results: Record<string, Float32Array>) => {
    for (const [name, range] of ranges) {
      range.least = Math.min(range.least, results[LEAST + name]?.[0] ?? 0)
      range.most = Math.max(range.most, results[MOST + name]?.[0] ?? 0)
    }
  }
  const opened = await openModel(encodeModel(telling(model, names)), { threads: 0, onResults })
  try {
    for (const picture of pictures) await opened.predict([picture], performance.now())
  } finally {
    await opened.dispose()
  }
  return ranges
}

/** The model that also answers the least and the most of each value. */
function telling(model: OnnxModel, names: readonly string[]): OnnxModel {
  const asked = names.flatMap((name) => [
    { operator: 'ReduceMin', input: name, output: LEAST + name },
    { operator: 'ReduceMax', input: name, output: MOST + name },
  ])
  const nodes = asked.map(({ operator, input, output }) => ({
    ...{ name: output, operator, domain: '', inputs: [input], outputs: [output] },
    attributes: { keepdims: 0 },
  }))
  const outputs = asked.map(({ output }) => ({ name: output, type: 'float32' as const, shape: [] }))
  const { graph } = model
  return {
    ...model,
    graph: { ...graph, nodes: [...graph.nodes, ...nodes], outputs: [...graph.outputs, ...outputs] },
  }
}
