import { PassThrough, type Readable } from 'node:stream'
import { Dicer } from '@fastify/busboy'
import { AppError } from '@vesalius/contracts'

/** Bodies of the type `multipart/related` (RFC 2387), as DICOMweb sends files both ways. */

export interface Part {
  /** Without parameters, in small letters; empty where it says none. */
  mediaType: string
  body: Readable
}

/** The boundary of such a body; null where the type is another. */
export function boundaryOf(contentType: string | undefined): string | null {
  if (!contentType || !/^multipart\/related\s*(;|$)/i.test(contentType.trim())) return null
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))/i.exec(contentType) ?? []
  return quoted ?? plain ?? null
}

/**
 * Parts one after another; the rest of one that was not read to its end is skipped. Throws BAD_REQUEST where the body breaks
 * off. Leaving the loop early ends the body.
 */
export async function* readParts(body: Readable, boundary: string): AsyncGenerator<Part> {
  const dicer = new Dicer({ boundary, maxHeaderPairs: 50 })
  const waiting: Part[] = []
  const open = new Set<PassThrough>()
  let isOver = false
  let failure: unknown = null
  let wake = () => {}
  const end = (error: unknown) => {
    failure ??= error
    isOver = true
    for (const stream of open) stream.destroy(asBroken(error))
    wake()
  }
  dicer.on('part', (part) => {
    const stream = new PassThrough()
    open.add(stream)
    stream.on('close', () => {
      open.delete(stream)
      part.resume()
    })
    stream.on('error', () => {})
    part.on('error', end)
    part.on('header', (header) => {
      const [type = ''] = (header as Record<string, string[]>)['content-type'] ?? []
      waiting.push({ mediaType: type.split(';')[0]?.trim().toLowerCase() ?? '', body: stream })
      wake()
    })
    part.pipe(stream)
  })
  dicer.on('error', end)
  dicer.on('finish', () => {
    isOver = true
    wake()
  })
  body.on('error', end)
  body.pipe(dicer)
  try {
    for (;;) {
      const next = waiting.shift()
      if (next) {
        yield next
        next.body.destroy()
        continue
      }
      if (failure) throw asBroken(failure)
      if (isOver) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    body.unpipe(dicer)
    body.destroy()
  }
}

function asBroken(cause: unknown): Error {
  return cause instanceof AppError ? cause : new AppError('BAD_REQUEST', 'The body breaks off.', {}, { cause })
}

/** One body of several parts, all of one type; parts are given one at a time. */
export async function* writeParts(
  boundary: string,
  parts: AsyncIterable<{ type: string; location?: string; body: Uint8Array | Readable }>,
): AsyncGenerator<Uint8Array> {
  for await (const { type, location, body } of parts) {
    const lines = [`--${boundary}`, `Content-Type: ${type}`, ...(location ? [`Content-Location: ${location}`] : [])]
    yield Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
    if (body instanceof Uint8Array) yield body
    else for await (const chunk of body) yield chunk as Buffer
    yield Buffer.from('\r\n')
  }
  yield Buffer.from(`--${boundary}--\r\n`)
}
