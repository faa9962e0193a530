import { multiply, reshape } from '../graph/arithmetic.ts'
import { GraphBuilder, type Value } from '../graph/graph-builder.ts'
import { Tape } from '../graph/tape.ts'
import { BlockedLayers } from '../nn/blocked-layers.ts'
import { type ParameterDeclaration, Parameters } from '../nn/parameters.ts'
import { TrainingLayers } from '../nn/training-layers.ts'
import { scaledSums } from '../ops/blocked/scaled-sum.ts'
import { OPTIMIZERS } from './optimizer.ts'
import { AVERAGE } from './step-arrays.ts'
import type { StepDefinition } from './step-definition.ts'
import type { SessionOptions } from './training-session.ts'

export interface TrainingGraph {
  model: Uint8Array
  declarations: ParameterDeclaration[]
}

/**
 * One training step as one ONNX graph: forward, loss, gradients, optimizer, average. Inputs: the definition's data, the
 * step's scalars, every parameter, `<parameter>:<state>` and `<parameter>:average`; the new values leave under the same
 * names with `new:` in front, beside `loss` and the definition's outputs. `block`: channels of a block in the layout that
 * the machine's fastest convolutions want; 0: plain memory and standard operators only.
 */
export function buildTrainingGraph(
  definition: StepDefinition,
  options: Pick<SessionOptions, 'optimizer'>,
  block: number,
): TrainingGraph {
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const parameters = new Parameters(tape, block)
  const layers = block > 0 ? new BlockedLayers(tape, parameters, block) : new TrainingLayers(tape, parameters)
  const inputs = Object.fromEntries(
    Object.entries(definition.inputs).map(([name, shape]) => [name, graph.input(name, shape)]),
  )
  const optimizer = OPTIMIZERS[options.optimizer]
  const scalars = Object.fromEntries(
    Object.keys(optimizer.scalars(0, 1, 0)).map((name) => [name, graph.input(name, [])]),
  )
  const keep = graph.input('average_keep', [])
  const release = graph.input('average_release', [])
  const sum = scaledSums(graph, block)
  const { loss, seeds, outputs } = definition.write(tape, layers, inputs)
  const gradients = tape.differentiate(seeds)

  for (const { name, trained } of parameters.declarations) {
    const old = parameters.inputs.get(name) as Value
    const updated = trained ? learn(name, old) : (parameters.newStatistics.get(name) as Value)
    const average = graph.input(name + AVERAGE, old.shape)
    graph.output(`new:${name}`, updated)
    graph.output(`new:${name}${AVERAGE}`, sum(average, keep, multiply(graph, updated, release)))
  }
  graph.output('loss', loss)
  for (const [name, value] of Object.entries(outputs)) graph.output(name, value)
  return { model: graph.build(), declarations: parameters.declarations }

  function learn(name: string, parameter: Value): Value {
    const found = gradients.get(parameters.values.get(name)?.name ?? '')
    if (!found) throw new Error(`no gradient reaches "${name}"`)
    const update = optimizer.write(graph, sum, scalars, {
      parameter,
      gradient: reshape(graph, found, parameter.shape),
      state: Object.fromEntries(
        optimizer.states.map((state) => [state, graph.input(`${name}:${state}`, parameter.shape)]),
      ),
      isDecaying: (parameters.values.get(name)?.shape.length ?? 0) > 1,
    })
    for (const [state, value] of Object.entries(update.state)) graph.output(`new:${name}:${state}`, value)
    return update.parameter
  }
}
