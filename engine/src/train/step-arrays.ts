import { createRandom, drawNormal } from '../data/random.ts'
import type { NamedTensors } from '../graph/named-tensors.ts'
import { elementCount, type Shape } from '../graph/shape.ts'
import type { ParameterDeclaration } from '../nn/parameters.ts'
import type { OnnxArray } from '../onnx.ts'
import { keepKernels, plainKernels } from '../ops/blocked/kernels.ts'

/** Parameters, averages and optimizer state, in the arrays and the order in which the step keeps them. */
export type StepArrays = Record<string, OnnxArray>

/** An array of the step, without its data. */
export interface ArraySpec {
  name: string
  shape: Shape
  /** What the optimizer remembers of it. */
  states: readonly string[]
}

export const AVERAGE = ':average'

/** Parameters as `initial` has them where name and shape fit, else drawn from `seed`; optimizer state zero. */
export function startArrays(
  specs: readonly ArraySpec[],
  declarations: readonly ParameterDeclaration[],
  { seed, initial }: { seed: number; initial?: NamedTensors | undefined },
): StepArrays {
  const arrays: StepArrays = {}
  for (const { name, shape, states } of specs) {
    const zeros = () => ({ shape, data: new Float32Array(elementCount(shape)) })
    arrays[name] = zeros()
    arrays[name + AVERAGE] = zeros()
    for (const state of states) arrays[`${name}:${state}`] = zeros()
  }
  const random = createRandom(seed)
  const started: NamedTensors = new Map()
  for (const { name, shape, start } of declarations) {
    const fresh = Float32Array.from({ length: elementCount(shape) }, () =>
      'value' in start ? start.value : drawNormal(random) * Math.sqrt(2 / start.fanIn),
    )
    const given = initial?.get(name)
    started.set(name, given?.shape.join() === shape.join() ? given : { shape, data: fresh })
  }
  copyIn(declarations, arrays, '', started)
  copyIn(declarations, arrays, AVERAGE, started)
  return arrays
}

/** Row-major copies of what the arrays called `<array><suffix>` hold, by `<parameter><suffix>`. */
export function copyOut(
  declarations: readonly ParameterDeclaration[],
  arrays: StepArrays,
  suffix: string,
): NamedTensors {
  const tensors: NamedTensors = new Map()
  for (const declaration of declarations) {
    const kept = find(declaration, arrays, suffix)
    if (!kept) continue
    const { name, shape, layout } = declaration
    tensors.set(name + suffix, { shape: [...shape], data: layout ? plainKernels(kept, layout) : kept.slice() })
  }
  return tensors
}

/** Writes row-major tensors called `<parameter><named>` into the arrays; what is missing or does not fit stays. */
export function copyIn(
  declarations: readonly ParameterDeclaration[],
  arrays: StepArrays,
  suffix: string,
  tensors: NamedTensors,
  named = '',
): void {
  for (const declaration of declarations) {
    const kept = find(declaration, arrays, suffix)
    const tensor = tensors.get(declaration.name + named)
    if (kept?.length !== tensor?.data.length || !kept || !tensor) continue
    kept.set(declaration.layout ? keepKernels(tensor.data, declaration.layout) : tensor.data)
  }
}

function find({ array, offset, shape }: ParameterDeclaration, arrays: StepArrays, suffix: string) {
  return arrays[array + suffix]?.data.subarray(offset, offset + elementCount(shape))
}
