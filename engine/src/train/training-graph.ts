import { add, multiply, subtract } from '../graph/arithmetic.ts'
import { GraphBuilder, type Value } from '../graph/graph-builder.ts'
import { Tape } from '../graph/tape.ts'
import { NETWORKS } from '../nn/backbones.ts'
import { type ParameterDeclaration, TrainingLayers } from '../nn/training-layers.ts'
import { crossEntropy } from '../ops/cross-entropy.ts'
import { STATE_SUFFIXES, writeUpdate } from './optimizer.ts'
import type { NetworkSpec, SessionOptions } from './training-session.ts'

export const OPERATOR_SET = 18

export interface TrainingGraph {
  model: Uint8Array
  declarations: ParameterDeclaration[]
}

/**
 * One training step as one ONNX graph: forward, loss, gradients, optimizer, average. Inputs: `image`, `target`,
 * `weight`, the step's scalars, every parameter, `<parameter>:<state>` and `<parameter>:average`; the new values leave
 * under the same names with `new:` in front.
 */
export function buildTrainingGraph(spec: NetworkSpec, options: SessionOptions): TrainingGraph {
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const layers = new TrainingLayers(tape)
  const { batchSize } = options
  const image = graph.input('image', [batchSize, spec.channels, spec.imageSize, spec.imageSize])
  const target = graph.input('target', [batchSize, spec.classCount])
  const weight = graph.input('weight', [batchSize])
  const scalars = {
    learningRate: graph.input('learning_rate', []),
    firstCorrection: graph.input('first_correction', []),
    secondCorrection: graph.input('second_correction', []),
  }
  const keep = graph.input('average_keep', [])

  const logits = NETWORKS[spec.backbone](layers, image, spec.classCount)
  const { loss, gradient } = crossEntropy(graph, logits, smoothen(graph, target, spec.classCount, options), weight)
  const gradients = tape.differentiate(logits, gradient)

  for (const { name, shape, trained } of layers.declarations) {
    const old = layers.values.get(name) as Value
    const updated = trained ? learn(name, old) : (layers.newStatistics.get(name) as Value)
    const average = graph.input(`${name}:average`, shape)
    const gap = subtract(graph, average, updated)
    graph.output(`new:${name}`, updated)
    graph.output(`new:${name}:average`, add(graph, updated, multiply(graph, gap, keep)))
  }
  graph.output('loss', loss)
  graph.output('logits', logits)
  return { model: graph.build({ operatorSet: OPERATOR_SET }), declarations: layers.declarations }

  function learn(name: string, parameter: Value): Value {
    const found = gradients.get(parameter.name)
    if (!found) throw new Error(`no gradient reaches "${name}"`)
    const state = new Map(
      STATE_SUFFIXES[options.optimizer].map((suffix) => [suffix, graph.input(`${name}:${suffix}`, parameter.shape)]),
    )
    const update = writeUpdate(graph, options.optimizer, options.weightDecay, scalars, {
      parameter,
      gradient: found,
      state: (suffix) => state.get(suffix) as Value,
    })
    for (const [suffix, value] of update.state) graph.output(`new:${name}:${suffix}`, value)
    return update.parameter
  }
}

/** Label smoothing (Szegedy et al., 2016, §7): t·(1 − s) + s/classes. */
function smoothen(
  graph: GraphBuilder,
  target: Value,
  classCount: number,
  { labelSmoothing = 0 }: SessionOptions,
): Value {
  if (labelSmoothing === 0) return target
  const kept = multiply(graph, target, graph.scalar(1 - labelSmoothing))
  return add(graph, kept, graph.scalar(labelSmoothing / classCount))
}
