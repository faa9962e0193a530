/** Bytes from `start` to `end`, both counted from 0 and included. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * The one range a `Range` header asks for (RFC 9110 §14.2). Null: send the whole; 'unsatisfiable': answer 416.
 * Several ranges, other units and malformed headers are ignored, as the standard allows.
 */
export function readByteRange(header: string | undefined, byteSize: number): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match) return null
  const [first = '', last = ''] = match.slice(1)
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), byteSize)
    return length === 0 ? 'unsatisfiable' : { start: byteSize - length, end: byteSize - 1 }
  }
  const start = Number(first)
  const end = last === '' ? byteSize - 1 : Math.min(Number(last), byteSize - 1)
  if (last !== '' && Number(last) < start) return null
  return start >= byteSize ? 'unsatisfiable' : { start, end }
}
