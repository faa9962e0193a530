import { type OnnxArray, openOnnx } from '../onnx.ts'
import { blockSize } from '../ops/blocked/block-size.ts'
import { OPTIMIZERS } from './optimizer.ts'
import { AVERAGE, copyIn, copyOut, type StepArrays, startArrays } from './step-arrays.ts'
import type { StepDefinition } from './step-definition.ts'
import { buildTrainingGraph } from './training-graph.ts'
import type { SessionOptions, SessionState, TrainingSession } from './training-session.ts'

/** Compiles the training step and starts its parameters: from `options.initial` where they fit, else seeded. */
export async function openTrainingSession(
  definition: StepDefinition,
  options: SessionOptions,
): Promise<TrainingSession> {
  const { model, declarations, arrays } = buildTrainingGraph(definition, options, options.block ?? (await blockSize()))
  const onnx = await openOnnx(model, { threads: options.threads })
  const optimizer = OPTIMIZERS[options.optimizer]
  const suffixes = [...new Set(arrays.flatMap(({ states }) => states))]
  let current = startArrays(arrays, declarations, options)
  let next: StepArrays = Object.fromEntries(
    Object.entries(current).map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }]),
  )
  let step = 0
  const scalar = (value: number): OnnxArray => ({ data: Float32Array.of(value), shape: [] })

  return {
    async step({ inputs, learningRate, emaDecay = 0 }) {
      step += 1
      const feeds: Record<string, OnnxArray> = {
        ...current,
        average_keep: scalar(emaDecay),
        average_release: scalar(1 - emaDecay),
      }
      for (const [name, value] of Object.entries(optimizer.scalars(learningRate, step, options.weightDecay))) {
        feeds[name] = scalar(value)
      }
      for (const [name, shape] of Object.entries(definition.inputs)) {
        const data = inputs[name]
        if (!data) throw new RangeError(`the step needs "${name}"`)
        feeds[name] = { data, shape }
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
      parameters: copyOut(declarations, current, ''),
      optimizer: new Map(suffixes.flatMap((suffix) => [...copyOut(declarations, current, `:${suffix}`)])),
      averaged: new Map(
        [...copyOut(declarations, current, AVERAGE)].map(([name, tensor]) => [name.slice(0, -AVERAGE.length), tensor]),
      ),
      step,
    }),
    restore(state: SessionState) {
      step = state.step
      copyIn(declarations, current, '', state.parameters)
      copyIn(declarations, current, AVERAGE, state.averaged)
      for (const suffix of suffixes) copyIn(declarations, current, `:${suffix}`, state.optimizer, `:${suffix}`)
    },
    dispose: () => onnx.dispose(),
  }
}
