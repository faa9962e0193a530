import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { AppError, type RemoteJobId, type RemoteSettings } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ImageRow } from '../../db/tables.ts'
import { mediaTypeOf, type PictureFormat } from '../images/picture-format.ts'

type Parts = Pick<Context, 'storage' | 'previews' | 'pictures'>

/** What goes along in a message. */
const MOST_BYTES = 24 * 1024 ** 2
/** Beyond it an encoder of ours would shrink the picture, and marks would lie elsewhere. */
const MOST_SIDE = 16_000

export interface SentPicture {
  path: string
  mediaType: string
  byteSize: number
}

/** The file of an image as a server wants it: as it was uploaded, or one frame in 8 bits as PNG. */
export async function openSentPicture(
  { storage, previews, pictures }: Parts,
  image: ImageRow,
  { picture, frame = 0 }: { picture: RemoteSettings['picture']; frame?: number },
): Promise<SentPicture> {
  const original = await storage.localFile(image.uri)
  if (picture === 'original') return describe(original, mediaTypeOf(image.type))
  if (Math.max(image.width, image.height) > MOST_SIDE) {
    throw new AppError('PRELABEL_FAILED', 'the image is too large to be sent as PNG')
  }
  const { width } = image
  const path = await previews.get(`${image.content_hash}-${frame}-whole.png`, (target) =>
    pictures.preview({ file: original, format: image.type as PictureFormat, target, width, frame, encoding: 'png' }),
  )
  return describe(path, 'image/png')
}

async function describe(path: string, mediaType: string): Promise<SentPicture> {
  return { path, mediaType, byteSize: (await stat(path)).size }
}

/** Its bytes, where they are few enough for a message. Throws PRELABEL_FAILED. */
export async function readSentPicture({ path, byteSize }: SentPicture): Promise<Buffer> {
  if (byteSize > MOST_BYTES) throw new AppError('PRELABEL_FAILED', 'the image is too large to go along in a message')
  return readFile(path)
}

/** The end of an address under which a job's image is there until `expires`, in seconds since 1970. */
export function signImageAddress(sealKey: string, jobId: RemoteJobId, expires: number): string {
  return `expires=${expires}&signature=${imageSignature(sealKey, jobId, String(expires))}`
}

export function isImageAddress(
  sealKey: string,
  jobId: RemoteJobId,
  { expires, signature }: { expires: string; signature: string },
  now = new Date(),
): boolean {
  const [given, expected] = [Buffer.from(signature), Buffer.from(imageSignature(sealKey, jobId, expires))]
  const isSame = given.length === expected.length && timingSafeEqual(given, expected)
  return isSame && Number(expires) * 1000 > now.getTime()
}

function imageSignature(sealKey: string, jobId: RemoteJobId, expires: string): string {
  return createHmac('sha256', sealKey).update(`image ${jobId} ${expires}`).digest('base64url')
}
