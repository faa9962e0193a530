/** Writes the protobuf wire format (https://protobuf.dev/programming-guides/encoding/). */
export class WireWriter {
  readonly #chunks: Uint8Array[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  integer(field: number, value: number | bigint): void {
    this.#tag(field, 0)
    this.#varint(BigInt.asUintN(64, BigInt(value)))
  }

  float(field: number, value: number): void {
    this.#tag(field, 5)
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setFloat32(0, value, true)
    this.#append(bytes)
  }

  bytes(field: number, value: Uint8Array): void {
    this.#tag(field, 2)
    this.#varint(BigInt(value.byteLength))
    this.#append(value)
  }

  text(field: number, value: string): void {
    this.bytes(field, new TextEncoder().encode(value))
  }

  message(field: number, write: (inner: WireWriter) => void): void {
    const inner = new WireWriter()
    write(inner)
    this.#tag(field, 2)
    this.#varint(BigInt(inner.length))
    for (const chunk of inner.#chunks) this.#append(chunk)
  }

  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.#length)
    let offset = 0
    for (const chunk of this.#chunks) {
      bytes.set(chunk, offset)
      offset += chunk.byteLength
    }
    return bytes
  }

  #tag(field: number, wireType: number): void {
    this.#varint(BigInt((field << 3) | wireType))
  }

  #varint(value: bigint): void {
    const bytes: number[] = []
    let rest = value
    do {
      const low = Number(rest & 127n)
      rest >>= 7n
      bytes.push(rest > 0n ? low | 128 : low)
    } while (rest > 0n)
    this.#append(Uint8Array.from(bytes))
  }

  #append(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#length += chunk.byteLength
  }
}
