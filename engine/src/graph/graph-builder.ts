import { encodeModel } from './encode-model.ts'
import type { ElementType, OnnxAttribute, OnnxGraph, OnnxTensor } from './onnx-model.ts'
import { elementCount, type Shape } from './shape.ts'

/** The version of the standard operators our graphs are written in. */
export const OPERATOR_SET = 18

/** A tensor inside a graph: a name with a static shape. */
export interface Value {
  readonly name: string
  readonly shape: Shape
}

/** Names of axes whose size is open, by axis. */
export type FreeAxes = Readonly<Record<number, string>>

export interface NodeOptions {
  attributes?: Record<string, OnnxAttribute | undefined>
  domain?: string
}

/** Collects nodes, constants, inputs and outputs of one ONNX graph; every value has a static shape. */
export class GraphBuilder {
  readonly #graph: OnnxGraph = { name: 'graph', nodes: [], initializers: [], inputs: [], outputs: [] }
  readonly #constants = new Map<string, Value>()
  readonly #domains = new Set<string>([''])
  readonly #outputs: { name: string; value: Value }[] = []
  #counter = 0

  /** Adds a node; one output per shape. */
  nodes(operator: string, inputs: (Value | null)[], shapes: Shape[], options: NodeOptions = {}): Value[] {
    const number = ++this.#counter
    const outputs = shapes.map((shape, index) => ({ name: `v${number}${index > 0 ? `_${index}` : ''}`, shape }))
    const attributes: Record<string, OnnxAttribute> = {}
    for (const [name, value] of Object.entries(options.attributes ?? {}))
      if (value !== undefined) attributes[name] = value
    const domain = options.domain ?? ''
    this.#domains.add(domain)
    this.#graph.nodes.push({
      name: `${operator}_${number}`,
      operator,
      domain,
      inputs: inputs.map((input) => input?.name ?? ''),
      outputs: outputs.map((output) => output.name),
      attributes,
    })
    return outputs
  }

  node(operator: string, inputs: (Value | null)[], shape: Shape, options: NodeOptions = {}): Value {
    const [output] = this.nodes(operator, inputs, [shape], options)
    if (!output) throw new Error(`node ${operator} made no output`)
    return output
  }

  /** `free` names the axes whose size the caller chooses at each run. */
  input(name: string, shape: Shape, free: FreeAxes = {}): Value {
    this.#graph.inputs.push({ name, type: 'float32', shape: nameAxes(shape, free) })
    return { name, shape }
  }

  /** Makes `value` an output of the graph under a public name. */
  output(name: string, value: Value, free: FreeAxes = {}): void {
    this.#outputs.push({ name, value })
    this.#graph.outputs.push({ name, type: 'float32', shape: nameAxes(value.shape, free) })
  }

  scalar(value: number): Value {
    return this.#constant(`scalar ${value}`, 'float32', [], () => Float32Array.of(value))
  }

  floats(shape: Shape, data: Float32Array, name?: string): Value {
    if (data.length !== elementCount(shape))
      throw new RangeError(`${data.length} numbers do not fill [${shape.join(', ')}]`)
    return this.#addTensor('float32', shape, data, name)
  }

  integers(data: readonly number[]): Value {
    return this.#constant(`integers ${data.join(',')}`, 'int64', [data.length], () =>
      BigInt64Array.from(data, (item) => BigInt(item)),
    )
  }

  /** The finished model. Domains beside the standard one are declared only when a node uses them. */
  build(metadata: ReadonlyMap<string, string> = new Map()): Uint8Array {
    this.#nameOutputs()
    return encodeModel({
      irVersion: 9,
      producer: 'vesalius',
      operatorSets: [...this.#domains].map((domain) => ({ domain, version: domain === '' ? OPERATOR_SET : 1 })),
      metadata: new Map(metadata),
      graph: this.#graph,
    })
  }

  /** A node's output takes its public name, so that it is written where the caller wants it, without a copy. */
  #nameOutputs(): void {
    const made = new Set(this.#graph.nodes.flatMap((node) => node.outputs))
    const names = new Map<string, string>()
    for (const { name, value } of this.#outputs) {
      if (made.has(value.name) && !names.has(value.name)) names.set(value.name, name)
      else this.#copy(name, value)
    }
    const rename = (name: string) => names.get(name) ?? name
    for (const node of this.#graph.nodes) {
      node.inputs = node.inputs.map(rename)
      node.outputs = node.outputs.map(rename)
    }
    this.#outputs.length = 0
  }

  #copy(name: string, value: Value): void {
    const node = { name: `output_${name}`, operator: 'Identity', domain: '', attributes: {} }
    this.#graph.nodes.push({ ...node, inputs: [value.name], outputs: [name] })
  }

  get nodeCount(): number {
    return this.#graph.nodes.length
  }

  #constant(key: string, type: ElementType, shape: Shape, make: () => Float32Array | BigInt64Array): Value {
    const known = this.#constants.get(key)
    if (known) return known
    const value = this.#addTensor(type, shape, make())
    this.#constants.set(key, value)
    return value
  }

  #addTensor(type: ElementType, shape: Shape, data: Float32Array | BigInt64Array, name?: string): Value {
    const tensor: OnnxTensor = {
      name: name ?? `c${++this.#counter}`,
      type,
      shape: [...shape],
      bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    }
    this.#graph.initializers.push(tensor)
    return { name: tensor.name, shape }
  }
}

function nameAxes(shape: Shape, free: FreeAxes): (number | string)[] {
  return shape.map((dimension, axis) => free[axis] ?? dimension)
}
