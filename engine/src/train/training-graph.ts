import { multiply } from '../graph/arithmetic.ts'
import { GraphBuilder, type Value } from '../graph/graph-builder.ts'
import { Tape } from '../graph/tape.ts'
import { BlockedLayers } from '../nn/blocked-layers.ts'
import { type KeptArray, type ParameterDeclaration, Parameters } from '../nn/parameters.ts'
import { TrainingLayers } from '../nn/training-layers.ts'
import { scaledSums } from '../ops/blocked/scaled-sum.ts'
import { OPTIMIZERS } from './optimizer.ts'
import { type ArraySpec, AVERAGE } from './step-arrays.ts'
import type { StepDefinition } from './step-definition.ts'
import type { SessionOptions } from './training-session.ts'

export interface TrainingGraph {
  model: Uint8Array
  declarations: ParameterDeclaration[]
  arrays: ArraySpec[]
}

/**
 * One training step as one ONNX graph: forward, loss, gradients, optimizer, average. Inputs: the definition's data, the
 * step's scalars, every kept array, `<array>:<state>` and `<array>:average`; the new values leave under the same names
 * with `new:` in front, beside `loss` and the definition's outputs. `block`: channels of a block in the layout that
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

  const arrays = parameters.finish().map((kept) => {
    const { input, gradient, next } = kept
    const states = gradient ? optimizer.statesOf(kept) : []
    const moved = gradient ? learn(kept, gradient(gradients), states) : next
    if (!moved) throw new Error(`"${input.name}" neither learns nor follows anything`)
    const average = graph.input(input.name + AVERAGE, input.shape)
    graph.output(`new:${input.name}`, moved)
    graph.output(`new:${average.name}`, sum(average, keep, multiply(graph, moved, release)))
    return { name: input.name, shape: input.shape, states }
  })
  graph.output('loss', loss)
  for (const [name, value] of Object.entries(outputs)) graph.output(name, value)
  return { model: graph.build(), declarations: parameters.declarations, arrays }

  function learn(
    { input: parameter, isDecaying, matrix }: KeptArray,
    gradient: Value,
    states: readonly string[],
  ): Value {
    const stateOf = (state: string) => graph.input(`${parameter.name}:${state}`, parameter.shape)
    const state = Object.fromEntries(states.map((name) => [name, stateOf(name)]))
    const update = optimizer.write(graph, sum, scalars, { parameter, gradient, state, isDecaying, matrix })
    for (const [name, value] of Object.entries(update.state)) graph.output(`new:${parameter.name}:${name}`, value)
    return update.parameter
  }
}
