import { because, type Reason } from '@vesalius/contracts'
import type { z } from 'zod'
import type { FormatFile } from '../shape/dataset.ts'
import { FormatError } from '../shape/problems.ts'

const MOST_BYTES = 400 * 1024 * 1024

/** A file's UTF-8 text without its byte order mark. Throws FormatError. */
export function readText({ bytes }: FormatFile): string {
  if (bytes.length > MOST_BYTES) throw new FormatError(because`the file has more than ${MOST_BYTES} bytes`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new FormatError(because`the file is not UTF-8 text`, { cause })
  }
}

/** A JSON file of a known shape. Throws FormatError with the first place that is another. */
export function readJson<Schema extends z.ZodType>(file: FormatFile, schema: Schema): z.output<Schema> {
  let value: unknown
  try {
    value = JSON.parse(readText(file))
  } catch (cause) {
    if (cause instanceof FormatError) throw cause
    throw new FormatError(because`the file is not JSON`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new FormatError(firstIssue(parsed.error))
  return parsed.data
}

export function firstIssue(error: z.ZodError): Reason {
  const [issue] = error.issues
  return because`it has another shape: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`
}

export function textFile(path: string, text: string): FormatFile {
  return { path, bytes: new TextEncoder().encode(text) }
}

export function jsonFile(path: string, value: unknown): FormatFile {
  return textFile(path, `${JSON.stringify(value)}\n`)
}

const PART_CHARACTERS = 64 * 1024

/** A long text in parts of a middling size, made as they are taken. */
export function* textParts(pieces: Iterable<string>): Generator<Uint8Array> {
  let open = ''
  for (const piece of pieces) {
    open += piece
    if (open.length < PART_CHARACTERS) continue
    yield new TextEncoder().encode(open)
    open = ''
  }
  if (open !== '') yield new TextEncoder().encode(open)
}
