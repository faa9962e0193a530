import { createRandom, drawNormal } from '../data/random.ts'
import type { NamedTensors } from '../graph/named-tensors.ts'
import { elementCount } from '../graph/shape.ts'
import type { ParameterDeclaration } from '../nn/parameters.ts'
import type { OnnxArray } from '../onnx.ts'
import { keepKernels, plainKernels } from '../ops/blocked/kernels.ts'

/** Parameters, averages and optimizer state by name, in the order the step keeps them. */
export type StepArrays = Record<string, OnnxArray>

export const AVERAGE = ':average'

/** Parameters as `initial` has them where name and shape fit, else drawn from `seed`; optimizer state zero. */
export function startArrays(
  declarations: readonly ParameterDeclaration[],
  suffixes: readonly string[],
  { seed, initial }: { seed: number; initial?: NamedTensors | undefined },
): StepArrays {
  const random = createRandom(seed)
  const arrays: StepArrays = {}
  for (const declaration of declarations) {
    const { name, shape, start, trained, layout, kept } = declaration
    const fresh = Float32Array.from({ length: elementCount(shape) }, () =>
      'value' in start ? start.value : drawNormal(random) * Math.sqrt(2 / start.fanIn),
    )
    const given = initial?.get(name)
    const plain = given?.shape.join() === shape.join() ? given.data.slice() : fresh
    const data = layout ? keepKernels(plain, layout) : plain
    arrays[name] = { shape: kept, data }
    arrays[name + AVERAGE] = { shape: kept, data: data.slice() }
    if (!trained) continue
    for (const suffix of suffixes) arrays[`${name}:${suffix}`] = { shape: kept, data: new Float32Array(data.length) }
  }
  return arrays
}

/** Row-major copies of the arrays called `<parameter><suffix>`, by `nameOf(parameter)`. */
export function copyOut(
  declarations: readonly ParameterDeclaration[],
  arrays: StepArrays,
  suffix: string,
  nameOf: (name: string) => string = (name) => name,
): NamedTensors {
  const tensors: NamedTensors = new Map()
  for (const { name, shape, layout } of declarations) {
    const array = arrays[name + suffix]
    if (!array) continue
    const data = layout ? plainKernels(array.data, layout) : array.data.slice()
    tensors.set(nameOf(name), { shape: [...shape], data })
  }
  return tensors
}

/** Writes row-major tensors into the arrays called `<parameter><suffix>`; what is missing or does not fit stays. */
export function copyIn(
  declarations: readonly ParameterDeclaration[],
  arrays: StepArrays,
  suffix: string,
  tensors: NamedTensors,
  nameOf: (name: string) => string = (name) => name,
): void {
  for (const { name, layout } of declarations) {
    const array = arrays[name + suffix]
    const tensor = tensors.get(nameOf(name))
    if (!array || tensor?.data.length !== array.data.length) continue
    array.data.set(layout ? keepKernels(tensor.data, layout) : tensor.data)
  }
}
