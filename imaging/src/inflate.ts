import { PictureError } from './picture-error.ts'

/** Decompresses at most `maxBytes` bytes. Throws PictureError: `too-large` beyond that, `damaged` for bad input. */
export async function inflate(
  bytes: Uint8Array,
  format: 'deflate' | 'deflate-raw',
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream(format))
    .getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length
      if (length > maxBytes) throw new PictureError('too-large', `more than ${maxBytes} bytes when decompressed`)
      chunks.push(next.value)
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined)
    if (cause instanceof PictureError) throw cause
    throw new PictureError('damaged', 'the compressed part is damaged', { cause })
  }
  return joinBytes(chunks, length)
}

export async function deflate(bytes: Uint8Array, format: 'deflate' | 'deflate-raw'): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream(format))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

export function joinBytes(chunks: Uint8Array[], length?: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length ?? chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  return joined
}
