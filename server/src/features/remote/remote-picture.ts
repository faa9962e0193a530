import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { AppError, fillPath, type ImageId, pathOf, type RemoteSettings, routes } from '@vesalius/contracts'
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

/** How long an address of an image holds; a server that takes longer to fetch it gets none. */
const ADDRESS_SECONDS = 900

/** An address under which an image is there for {@link ADDRESS_SECONDS}, to whoever was given it. */
export function imageUrlOf(
  { config, sealKey }: Pick<Context, 'config' | 'sealKey'>,
  imageId: ImageId,
  frame = 0,
  now = new Date(),
): string {
  if (!config.publicUrl) {
    throw new AppError(
      'VALIDATION_FAILED',
      'The server must find the way here: set VESALIUS_PUBLIC_URL, or send bytes.',
    )
  }
  const expires = String(Math.floor(now.getTime() / 1000) + ADDRESS_SECONDS)
  const query = new URLSearchParams({
    expires,
    signature: imageSignature(sealKey, imageId, expires),
    frame: `${frame}`,
  })
  const path = fillPath(pathOf(routes.getSentImage), { imageId })
  return `${config.publicUrl.replace(/\/$/, '')}${path}?${query}`
}

export const addressEnds = (now = new Date()): Date => new Date(now.getTime() + ADDRESS_SECONDS * 1000)

export function isImageAddress(
  sealKey: string,
  imageId: ImageId,
  { expires, signature }: { expires: string; signature: string },
  now = new Date(),
): boolean {
  const [given, expected] = [Buffer.from(signature), Buffer.from(imageSignature(sealKey, imageId, expires))]
  const isSame = given.length === expected.length && timingSafeEqual(given, expected)
  return isSame && Number(expires) * 1000 > now.getTime()
}

function imageSignature(sealKey: string, imageId: ImageId, expires: string): string {
  return createHmac('sha256', sealKey).update(`image ${imageId} ${expires}`).digest('base64url')
}
