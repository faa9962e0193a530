import { createRandom, drawNormal } from '../data/random.ts'
import type { NamedTensors } from '../graph/named-tensors.ts'
import type { ParameterDeclaration } from '../nn/training-layers.ts'
import { type OnnxArray, openOnnx } from '../onnx.ts'
import { BETA1, BETA2, STATE_SUFFIXES } from './optimizer.ts'
import type { StepDefinition } from './step-definition.ts'
import { buildTrainingGraph } from './training-graph.ts'
import type { SessionOptions, SessionState, TrainingSession } from './training-session.ts'

type Arrays = Record<string, OnnxArray & { shape: number[] }>

/** Compiles the training step and starts its parameters: from `options.initial` where they fit, else seeded. */
export async function openTrainingSession(
  definition: StepDefinition,
  options: SessionOptions,
): Promise<TrainingSession> {
  const { model, declarations } = buildTrainingGraph(definition, options)
  const onnx = await openOnnx(model)
  const suffixes = STATE_SUFFIXES[options.optimizer]
  let current = startArrays(declarations, suffixes, options)
  let next: Arrays = Object.fromEntries(
    Object.entries(current).map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }]),
  )
  let step = 0
  const scalar = (value: number): OnnxArray => ({ data: Float32Array.of(value), shape: [] })

  return {
    async step({ inputs, learningRate, emaDecay = 0 }) {
      step += 1
      const feeds: Record<string, OnnxArray> = {
        ...current,
        learning_rate: scalar(learningRate),
        average_keep: scalar(emaDecay),
      }
      for (const [name, shape] of Object.entries(definition.inputs)) {
        const data = inputs[name]
        if (!data) throw new RangeError(`the step needs "${name}"`)
        feeds[name] = { data, shape }
      }
      feeds.first_correction = scalar(1 / (1 - BETA1 ** step))
      feeds.second_correction = scalar(1 / (1 - BETA2 ** step))
      if (options.optimizer === 'sgd') {
        delete feeds.first_correction
        delete feeds.second_correction
      }
      const into = Object.fromEntries(Object.entries(next).map(([name, array]) => [`new:${name}`, array]))
      const results = await onnx.run(feeds, into)
      const done = current
      current = next
      next = done
      const { loss, ...outputs } = results
      return { loss: loss?.[0] ?? Number.NaN, outputs }
    },
    state: () => ({
      parameters: pick(declarations, (name) => current[name]),
      optimizer: pickStates(declarations, suffixes, current),
      averaged: pick(declarations, (name) => current[`${name}:average`]),
      step,
    }),
    restore(state: SessionState) {
      step = state.step
      for (const { name } of declarations) {
        copyInto(current, name, state.parameters.get(name))
        copyInto(current, `${name}:average`, state.averaged.get(name))
        for (const suffix of suffixes) copyInto(current, `${name}:${suffix}`, state.optimizer.get(`${name}:${suffix}`))
      }
    },
    dispose: () => onnx.dispose(),
  }
}

function startArrays(
  declarations: ParameterDeclaration[],
  suffixes: readonly string[],
  options: SessionOptions,
): Arrays {
  const random = createRandom(options.seed)
  const arrays: Arrays = {}
  for (const { name, shape, start, trained } of declarations) {
    const length = shape.reduce((product, dimension) => product * dimension, 1)
    const fresh = Float32Array.from({ length }, () =>
      'value' in start ? start.value : drawNormal(random) * Math.sqrt(2 / start.fanIn),
    )
    const given = options.initial?.get(name)
    const fits = given !== undefined && given.shape.join() === shape.join()
    const data = fits ? given.data.slice() : fresh
    arrays[name] = { shape, data }
    arrays[`${name}:average`] = { shape, data: data.slice() }
    if (trained) for (const suffix of suffixes) arrays[`${name}:${suffix}`] = { shape, data: new Float32Array(length) }
  }
  return arrays
}

function pick(declarations: ParameterDeclaration[], read: (name: string) => Arrays[string] | undefined): NamedTensors {
  return new Map(
    declarations.flatMap(({ name }) => {
      const array = read(name)
      return array ? [[name, { shape: [...array.shape], data: array.data.slice() }] as const] : []
    }),
  )
}

function pickStates(declarations: ParameterDeclaration[], suffixes: readonly string[], arrays: Arrays): NamedTensors {
  const states: NamedTensors = new Map()
  for (const { name } of declarations) {
    for (const suffix of suffixes) {
      const array = arrays[`${name}:${suffix}`]
      if (array) states.set(`${name}:${suffix}`, { shape: [...array.shape], data: array.data.slice() })
    }
  }
  return states
}

function copyInto(arrays: Arrays, name: string, tensor: { data: Float32Array } | undefined): void {
  const target = arrays[name]
  if (target && tensor && tensor.data.length === target.data.length) target.data.set(tensor.data)
}
