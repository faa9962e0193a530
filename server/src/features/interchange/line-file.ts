import { closeSync, openSync, readSync, writeSync } from 'node:fs'

const PART_BYTES = 1024 * 1024

/** A file with one JSON value a line: what is too much to hold at once, walked as often as needed. */
export class LineWriter {
  readonly #descriptor: number
  #open: string[] = []
  #length = 0

  constructor(path: string) {
    this.#descriptor = openSync(path, 'w')
  }

  add(value: unknown): void {
    const line = `${JSON.stringify(value)}\n`
    this.#open.push(line)
    this.#length += line.length
    if (this.#length >= PART_BYTES) this.#flush()
  }

  close(): void {
    this.#flush()
    closeSync(this.#descriptor)
  }

  #flush(): void {
    const bytes = Buffer.from(this.#open.join(''))
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at)
    this.#open = []
    this.#length = 0
  }
}

/** The values of a line file, in order, one held at a time. */
export function* readLines<Value>(path: string): Generator<Value> {
  const descriptor = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(PART_BYTES)
    let parts: Buffer[] = []
    for (;;) {
      const length = readSync(descriptor, buffer)
      if (length === 0) return
      let start = 0
      for (let end = buffer.indexOf(10); end >= 0 && end < length; end = buffer.indexOf(10, start)) {
        yield JSON.parse(Buffer.concat([...parts, buffer.subarray(start, end)]).toString('utf8')) as Value
        parts = []
        start = end + 1
      }
      if (start < length) parts.push(Buffer.from(buffer.subarray(start, length)))
    }
  } finally {
    closeSync(descriptor)
  }
}
