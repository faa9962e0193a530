import { add, multiply, subtract } from '../graph/arithmetic.ts'
import { GraphBuilder, type Value } from '../graph/graph-builder.ts'
import { Tape } from '../graph/tape.ts'
import { type ParameterDeclaration, TrainingLayers } from '../nn/training-layers.ts'
import { STATE_SUFFIXES, writeUpdate } from './optimizer.ts'
import type { StepDefinition } from './step-definition.ts'
import type { SessionOptions } from './training-session.ts'

export interface TrainingGraph {
  model: Uint8Array
  declarations: ParameterDeclaration[]
}

/**
 * One training step as one ONNX graph: forward, loss, gradients, optimizer, average. Inputs: the definition's data, the
 * step's scalars, every parameter, `<parameter>:<state>` and `<parameter>:average`; the new values leave under the same
 * names with `new:` in front, beside `loss` and the definition's outputs.
 */
export function buildTrainingGraph(definition: StepDefinition, options: SessionOptions): TrainingGraph {
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const layers = new TrainingLayers(tape)
  const inputs = Object.fromEntries(
    Object.entries(definition.inputs).map(([name, shape]) => [name, graph.input(name, shape)]),
  )
  const scalars = {
    learningRate: graph.input('learning_rate', []),
    firstCorrection: graph.input('first_correction', []),
    secondCorrection: graph.input('second_correction', []),
  }
  const keep = graph.input('average_keep', [])
  const { loss, seeds, outputs } = definition.write(tape, layers, inputs)
  const gradients = tape.differentiate(seeds)

  for (const { name, shape, trained } of layers.declarations) {
    const old = layers.values.get(name) as Value
    const updated = trained ? learn(name, old) : (layers.newStatistics.get(name) as Value)
    const average = graph.input(`${name}:average`, shape)
    const gap = subtract(graph, average, updated)
    graph.output(`new:${name}`, updated)
    graph.output(`new:${name}:average`, add(graph, updated, multiply(graph, gap, keep)))
  }
  graph.output('loss', loss)
  for (const [name, value] of Object.entries(outputs)) graph.output(name, value)
  return { model: graph.build(), declarations: layers.declarations }

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
