import { promisify } from 'node:util'
import { unzip } from 'node:zlib'
import { AppError, type InferenceAnswer, type InferenceRequest } from '@vesalius/contracts'

/**
 * Tensors as bytes behind the JSON of a request or an answer: the binary tensor data extension of the Open Inference
 * Protocol, as Triton and KServe speak it. `Inference-Header-Content-Length` tells where the JSON ends; each tensor says how
 * many bytes are its own, one after another; numbers are little endian, each text stands behind its length in four bytes.
 * Source: kserve/open-inference-protocol, specification/protocol/extension_binary_data.md.
 */

export const JSON_LENGTH_HEADER = 'inference-header-content-length'

/** The JSON of a request and what follows it, unpacked where it came packed. Throws BAD_REQUEST. */
export async function splitBody(
  packed: Buffer,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  mostBytes: number,
): Promise<{ text: string; rest: Buffer }> {
  const encoding = headers['content-encoding'] ?? 'identity'
  const bytes = encoding === 'identity' ? packed : await unpack(packed, encoding, mostBytes)
  const given = headers[JSON_LENGTH_HEADER]
  if (given === undefined) return { text: bytes.toString('utf8'), rest: Buffer.alloc(0) }
  const length = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN
  if (!(length <= bytes.length)) {
    throw new AppError('BAD_REQUEST', 'Inference-Header-Content-Length is not where the JSON of the body ends.')
  }
  return { text: bytes.toString('utf8', 0, length), rest: bytes.subarray(length) }
}

async function unpack(packed: Buffer, encoding: string | string[], mostBytes: number): Promise<Buffer> {
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw new AppError('BAD_REQUEST', 'A body comes as it is, or packed with gzip or deflate.')
  }
  return promisify<Buffer, object, Buffer>(unzip)(packed, { maxOutputLength: mostBytes }).catch((cause: unknown) => {
    throw new AppError('BAD_REQUEST', 'The packed body cannot be unpacked, or becomes too large.', {}, { cause })
  })
}

interface SentTensor {
  datatype?: unknown
  data?: unknown
  parameters?: { binary_data_size?: unknown }
}

/**
 * Gives the inputs of a request the bytes behind it as their data: of `BYTES` one piece for each element, of numbers a single
 * piece. Throws VALIDATION_FAILED where the sizes do not add up.
 */
export function attachBinary(request: unknown, rest: Buffer): unknown {
  const inputs = (request as { inputs?: unknown } | null)?.inputs
  let at = 0
  if (Array.isArray(inputs)) {
    for (const input of inputs as (SentTensor | null)[]) {
      const size = input?.parameters?.binary_data_size
      if (!input || size === undefined) continue
      if (!Number.isInteger(size) || (size as number) < 0 || at + (size as number) > rest.length) throw unfit()
      const piece = rest.subarray(at, at + (size as number))
      input.data = input.datatype === 'BYTES' ? splitPieces(piece) : [piece]
      at += size as number
    }
  }
  if (at !== rest.length) throw unfit()
  return request
}

function splitPieces(bytes: Buffer): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 <= bytes.length ? at + 4 + bytes.readUInt32LE(at) : Number.POSITIVE_INFINITY
    if (end > bytes.length) throw unfit()
    pieces.push(bytes.subarray(at + 4, end))
    at = end
  }
  return pieces
}

type Output = InferenceAnswer['outputs'][number]

/** What a client wants of the answer: which outputs, and whether as bytes. Without a list: all. Throws VALIDATION_FAILED. */
export function chooseOutputs(
  { outputs: wanted, parameters }: InferenceRequest,
  made: readonly Output[],
): { output: Output; isBinary: boolean }[] {
  const isBinary = parameters?.binary_data_output ?? false
  if (!wanted?.length) return made.map((output) => ({ output, isBinary }))
  return wanted.map((want) => {
    const output = made.find(({ name }) => name === want.name)
    if (!output) {
      const names = made.map(({ name }) => name).join(', ')
      throw new AppError('VALIDATION_FAILED', `The request does not fit: the outputs of this model are ${names}.`)
    }
    return { output, isBinary: want.parameters?.binary_data ?? isBinary }
  })
}

/** An answer some of whose outputs are bytes behind its JSON, and the length of that. */
export function packAnswer(
  answer: Omit<InferenceAnswer, 'outputs'>,
  chosen: readonly { output: Output; isBinary: boolean }[],
): { body: Buffer; jsonLength: number } {
  const pieces: Buffer[] = []
  const outputs = chosen.map(({ output, isBinary }) => {
    if (!isBinary) return output
    const { data, ...described } = output
    const piece = packTensor(output)
    pieces.push(piece)
    return { ...described, parameters: { binary_data_size: piece.length } }
  })
  const text = Buffer.from(JSON.stringify({ ...answer, outputs }))
  return { body: Buffer.concat([text, ...pieces]), jsonLength: text.length }
}

function packTensor({ datatype, data }: Output): Buffer {
  if (datatype === 'BYTES') {
    return Buffer.concat(
      data.flatMap((value) => {
        const text = Buffer.from(String(value))
        const length = Buffer.alloc(4)
        length.writeUInt32LE(text.length)
        return [length, text]
      }),
    )
  }
  const bytes = Buffer.alloc(data.length * 4)
  for (const [index, value] of data.entries()) {
    if (datatype === 'FP32') bytes.writeFloatLE(Number(value), index * 4)
    else bytes.writeInt32LE(Number(value), index * 4)
  }
  return bytes
}

const unfit = () =>
  new AppError(
    'VALIDATION_FAILED',
    'The request does not fit: its binary_data_size and the bytes behind the JSON differ.',
  )
