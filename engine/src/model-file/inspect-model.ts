import { readFields, WireFormatError } from '../graph/wire-reader.ts'

/** What must be known of a person's ONNX file before ONNX Runtime opens it. */
export interface ModelSummary {
  operatorSet: number
  nodes: number
  /** What the caller feeds; tensors of the file itself are left out. */
  inputs: ModelPort[]
  outputs: ModelPort[]
  /** Which operator makes a value, and of what, by the value's name. */
  makers: ReadonlyMap<string, { operator: string; inputs: readonly string[] }>
}

export interface ModelPort {
  name: string
  isFloat: boolean
  /** Null: known only at run time. */
  shape: (number | null)[]
}

/** No ONNX model, or one that is unsafe or impossible to use; the message is for the person who sent it. */
export class UnusableModelError extends Error {
  override name = 'UnusableModelError'
}

const MAXIMUM_BYTES = 1024 ** 3
const MAXIMUM_FIELDS = 4_000_000
const MAXIMUM_NODES = 20_000
const OPERATOR_SETS = { oldest: 7, newest: 24 }
const STANDARD_DOMAINS: readonly string[] = ['', 'ai.onnx']

type Read = ReturnType<typeof boundedReader>

/**
 * Reads the outline of an ONNX file of at most 1 GiB within bounds, without running anything. Refused are data kept in
 * other files, operators outside the standard, loops and branches. Field numbers: onnx.proto3 of ONNX 1.16.
 * Throws UnusableModelError.
 */
export function inspectModel(bytes: Uint8Array): ModelSummary {
  if (bytes.byteLength > MAXIMUM_BYTES) throw new UnusableModelError('a model file may have at most 1 GiB')
  try {
    return readSummary(boundedReader(), bytes)
  } catch (cause) {
    if (!(cause instanceof WireFormatError)) throw cause
    throw new UnusableModelError('this file is not an ONNX model, or it is damaged', { cause })
  }
}

/** Reads messages until all together had too many fields, so that no file keeps the reader busy for long. */
function boundedReader() {
  let left = MAXIMUM_FIELDS
  return function* read(bytes: Uint8Array) {
    for (const field of readFields(bytes)) {
      left -= 1
      if (left < 0) throw new UnusableModelError('the model has too many parts')
      yield field
    }
  }
}

function readSummary(read: Read, bytes: Uint8Array): ModelSummary {
  const graphs: Uint8Array[] = []
  let operatorSet = 0
  for (const { field, value } of read(bytes)) {
    if (field === 25) throw new UnusableModelError('the model defines operators of its own')
    if (!(value instanceof Uint8Array)) continue
    if (field === 7) graphs.push(value)
    if (field === 8) operatorSet = Math.max(operatorSet, readOperatorSet(read, value))
  }
  const [graph, another] = graphs
  // A reader of protocol buffers would merge two graphs into one that was never looked at.
  if (!graph || another) throw new UnusableModelError('this file holds no network, or more than one')
  if (operatorSet < OPERATOR_SETS.oldest || operatorSet > OPERATOR_SETS.newest) {
    const { oldest, newest } = OPERATOR_SETS
    throw new UnusableModelError(`the model needs operator set ${operatorSet}; known are ${oldest} to ${newest}`)
  }
  return { operatorSet, ...readGraph(read, graph) }
}

/** The version of the standard operators; 0 for those of another domain. */
function readOperatorSet(read: Read, bytes: Uint8Array): number {
  let domain = ''
  let version = 0
  for (const { field, value } of read(bytes)) {
    if (field === 1 && value instanceof Uint8Array) domain = asText(value)
    if (field === 2 && typeof value === 'bigint') version = Number(value)
  }
  return STANDARD_DOMAINS.includes(domain) ? version : 0
}

function readGraph(read: Read, bytes: Uint8Array): Omit<ModelSummary, 'operatorSet'> {
  const makers = new Map<string, { operator: string; inputs: readonly string[] }>()
  const tensors = new Set<string>()
  const inputs: ModelPort[] = []
  const outputs: ModelPort[] = []
  let nodes = 0
  for (const { field, value } of read(bytes)) {
    if (!(value instanceof Uint8Array)) continue
    if (field === 1) {
      nodes += 1
      if (nodes > MAXIMUM_NODES) throw new UnusableModelError(`the model has more than ${MAXIMUM_NODES} operators`)
      noteNode(read, value, makers)
    }
    if (field === 5) tensors.add(readTensorName(read, value))
    if (field === 11) inputs.push(readPort(read, value))
    if (field === 12) outputs.push(readPort(read, value))
    if (field === 15) throw new UnusableModelError('the model has sparse tensors, which cannot be used')
  }
  return { nodes, makers, outputs, inputs: inputs.filter(({ name }) => !tensors.has(name)) }
}

function noteNode(
  read: Read,
  bytes: Uint8Array,
  makers: Map<string, { operator: string; inputs: readonly string[] }>,
): void {
  const inputs: string[] = []
  const outputs: string[] = []
  let operator = ''
  for (const { field, value } of read(bytes)) {
    if (!(value instanceof Uint8Array)) continue
    if (field === 1) inputs.push(asText(value))
    if (field === 2) outputs.push(asText(value))
    if (field === 4) operator = asText(value)
    if (field === 5) checkAttribute(read, value)
    if (field === 7 && !STANDARD_DOMAINS.includes(asText(value))) {
      throw new UnusableModelError(
        `the model has operators outside the ONNX standard ("${asText(value).slice(0, 60)}")`,
      )
    }
  }
  for (const output of outputs) makers.set(output, { operator, inputs })
}

function checkAttribute(read: Read, bytes: Uint8Array): void {
  for (const { field, value } of read(bytes)) {
    if (!(value instanceof Uint8Array)) continue
    if (field === 6 || field === 11) throw new UnusableModelError('the model has loops or branches')
    if (field === 22 || field === 23) throw new UnusableModelError('the model has sparse tensors, which cannot be used')
    if (field === 5 || field === 10) readTensorName(read, value)
  }
}

function readTensorName(read: Read, bytes: Uint8Array): string {
  let name = ''
  for (const { field, value } of read(bytes)) {
    if (field === 8 && value instanceof Uint8Array) name = asText(value)
    if (field === 13 || (field === 14 && value !== 0n)) {
      throw new UnusableModelError('the model keeps its numbers in another file; save it as one file')
    }
  }
  return name
}

function readPort(read: Read, bytes: Uint8Array): ModelPort {
  const shape: (number | null)[] = []
  let isFloat = false
  for (const type of parts(read, bytes, 2)) {
    for (const tensor of parts(read, type, 1)) {
      isFloat = [...read(tensor)].some(({ field, value }) => field === 1 && value === 1n)
      for (const list of parts(read, tensor, 2)) {
        for (const dimension of parts(read, list, 1)) shape.push(readDimension(read, dimension))
      }
    }
  }
  return { name: asText([...parts(read, bytes, 1)][0] ?? new Uint8Array()), isFloat, shape }
}

function readDimension(read: Read, bytes: Uint8Array): number | null {
  const size = [...read(bytes)].find(({ field }) => field === 1)?.value
  return typeof size === 'bigint' ? Number(size) : null
}

function* parts(read: Read, bytes: Uint8Array, wanted: number): Generator<Uint8Array> {
  for (const { field, value } of read(bytes)) if (field === wanted && value instanceof Uint8Array) yield value
}

const asText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
