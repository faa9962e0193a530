import type { OnnxModel, OnnxNode } from '../graph/onnx-model.ts'

/** Operators that the runtime carries out on bytes where all around them are bytes. */
const ON_BYTES = new Set(['Conv', 'Add', 'MaxPool', 'Resize', 'Concat'])
/** They answer with what they were given, so input and output share their scale. */
const PASS_ON = new Set(['MaxPool', 'Resize'])

/**
 * Values of a graph that become bytes: what convolutions and the operators between them read and write. A convolution whose
 * only reader is a ReLU is one operation with it, and what a graph answers stays as it is.
 */
export function bytesOf({ graph }: OnnxModel): string[] {
  const constants = new Set(graph.initializers.map(({ name }) => name))
  const answers = new Set(graph.outputs.map(({ name }) => name))
  const readers = readersOf(graph.nodes)
  const isRectifiedOnly = (name: string) => {
    const [reader, ...others] = readers.get(name) ?? []
    return reader?.operator === 'Relu' && others.length === 0
  }
  const found = new Set<string>()
  for (const node of graph.nodes.filter(({ operator }) => ON_BYTES.has(operator))) {
    for (const name of valuesRead(node)) if (!constants.has(name)) found.add(name)
    for (const name of node.outputs) if (!isRectifiedOnly(name) && !isLast(name, readers, answers)) found.add(name)
  }
  return [...found]
}

/** Of each value that only passes on another one, which; the first of a chain. */
export function sourcesOf({ graph }: OnnxModel): Map<string, string> {
  const sources = new Map<string, string>()
  for (const { operator, inputs, outputs } of graph.nodes) {
    const [input, output] = [inputs[0], outputs[0]]
    if (PASS_ON.has(operator) && input && output) sources.set(output, sources.get(input) ?? input)
  }
  return sources
}

/** Inputs that are pictures or maps: of a Resize the sizes are not. */
export const valuesRead = ({ operator, inputs }: OnnxNode): string[] =>
  operator === 'Add' || operator === 'Concat' ? inputs : inputs.slice(0, 1)

export const isOnBytes = ({ operator }: OnnxNode): boolean => ON_BYTES.has(operator)

function readersOf(nodes: readonly OnnxNode[]): Map<string, OnnxNode[]> {
  const readers = new Map<string, OnnxNode[]>()
  for (const node of nodes) {
    for (const name of node.inputs) readers.set(name, [...(readers.get(name) ?? []), node])
  }
  return readers
}

/** Whether nothing behind it works on bytes any more. */
function isLast(name: string, readers: ReadonlyMap<string, OnnxNode[]>, answers: ReadonlySet<string>): boolean {
  if (answers.has(name)) return true
  const behind = readers.get(name) ?? []
  return behind.every((node) => !isOnBytes(node) && node.outputs.every((output) => isLast(output, readers, answers)))
}
