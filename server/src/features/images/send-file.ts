import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AppError } from '@vesalius/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ImageRow } from '../../db/tables.ts'
import type { Storage } from '../../storage/storage.ts'
import { readByteRange } from './byte-range.ts'
import { attachmentNamed } from './content-disposition.ts'
import { mediaTypeOf } from './picture-format.ts'
import type { openFrame } from './send-frames.ts'
import { isPng } from './tile-file.ts'

/** What an image shows never changes under its id, so whoever may see it may keep it. */
const FOREVER = 'private, max-age=31536000, immutable'
/** Whatever is in an uploaded file, a browser runs none of it. */
const INERT = "default-src 'none'; sandbox"

type Exchange = { request: FastifyRequest; reply: FastifyReply }

/** The uploaded bytes, whole or the asked range of them. */
export async function sendOriginal(
  { request, reply }: Exchange,
  storage: Storage,
  image: Pick<ImageRow, 'uri' | 'name' | 'type' | 'content_hash'>,
): Promise<FastifyReply> {
  const tag = `"${image.content_hash}"`
  reply.headers({
    etag: tag,
    'cache-control': FOREVER,
    'content-security-policy': INERT,
    'content-disposition': attachmentNamed(image.name),
    'accept-ranges': 'bytes',
  })
  if (isKnownToClient(request, tag)) return reply.code(304).send()
  const byteSize = await storage.size(image.uri)
  if (byteSize === null) throw new AppError('NOT_FOUND', 'The file of this image is gone from the storage.')
  const ifRange = request.headers['if-range']
  const range = ifRange && ifRange !== tag ? null : readByteRange(request.headers.range, byteSize)
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${byteSize}`).send()
  reply.type(mediaTypeOf(image.type))
  if (!range) return reply.header('content-length', byteSize).send(storage.stream(image.uri))
  const { start, end } = range
  reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${byteSize}`)
    .header('content-length', end - start + 1)
  return reply.send(storage.stream(image.uri, range))
}

export async function sendPreview(
  { request, reply }: Exchange,
  preview: { tag: string; mediaType: string; file: () => Promise<string> },
  headers: Readonly<Record<string, string>> = {},
): Promise<FastifyReply> {
  reply.headers({ etag: preview.tag, 'cache-control': FOREVER, 'content-security-policy': INERT, ...headers })
  if (isKnownToClient(request, preview.tag)) return reply.code(304).send()
  const path = await preview.file()
  const { size } = await stat(path)
  return reply.type(preview.mediaType).header('content-length', size).send(createReadStream(path))
}

/** The samples of a frame; the headers say what they are, the route `frames` what they mean. */
export async function sendFrame(
  { request, reply }: Exchange,
  tag: string,
  open: () => ReturnType<typeof openFrame>,
): Promise<FastifyReply> {
  reply.headers({ etag: tag, 'cache-control': FOREVER, 'content-security-policy': INERT })
  if (isKnownToClient(request, tag)) return reply.code(304).send()
  const { facts, byteSize, stream } = await open()
  reply.headers({
    'x-frame-width': facts.width,
    'x-frame-height': facts.height,
    'x-frame-colour': facts.colour,
    'x-frame-samples': facts.sampleType,
  })
  return reply.type('application/octet-stream').header('content-length', byteSize).send(stream)
}

export async function sendTile(
  { request, reply }: Exchange,
  tag: string,
  read: () => Promise<Buffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<FastifyReply> {
  reply.headers({ etag: tag, 'cache-control': FOREVER, 'content-security-policy': INERT, ...headers })
  if (isKnownToClient(request, tag)) return reply.code(304).send()
  const bytes = await read()
  return reply.type(isPng(bytes) ? 'image/png' : 'image/jpeg').send(bytes)
}

function isKnownToClient(request: FastifyRequest, tag: string): boolean {
  const known = request.headers['if-none-match']?.split(',').map((entry) => entry.trim().replace(/^W\//, ''))
  return known?.includes(tag) ?? false
}
