/** A field of a protobuf message: its number and, by wire type, an integer or the bytes. */
export interface WireField {
  field: number
  value: bigint | Uint8Array
}

/** The bytes are not a protobuf message as far as this reader needs it. */
export class WireFormatError extends Error {
  override name = 'WireFormatError'
}

/** Reads the fields of one message in order, never past its end (https://protobuf.dev/programming-guides/encoding/). */
export function* readFields(bytes: Uint8Array): Generator<WireField> {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) break
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
    throw new WireFormatError('a number does not end')
  }
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new WireFormatError('a field is longer than its message')
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const tag = Number(varint() & 0xffff_ffffn)
    const field = tag >>> 3
    switch (tag & 7) {
      case 0:
        yield { field, value: varint() }
        break
      case 1:
        yield { field, value: take(8) }
        break
      case 2:
        yield { field, value: take(Number(varint())) }
        break
      case 5:
        yield { field, value: take(4) }
        break
      default:
        throw new WireFormatError(`wire type ${tag & 7} is not used by ONNX`)
    }
  }
}
