import type { Sharp } from 'sharp'
import { openPicture } from './open-picture.ts'
import { asPictureError } from './picture-error.ts'
import type { TilesTask } from './picture-protocol.ts'
import { TILE_SIDE } from './tile-layout.ts'
import { openDicomFrame, windowToBytes } from './write-preview.ts'

const JPEG = { quality: 90, chromaSubsampling: '4:4:4' } as const
/** Fast, as there may be hundreds of millions of pixels. */
const PNG = { compressionLevel: 1 } as const

/**
 * Writes a pyramid of tiles as one zip: the whole picture, then halves of it down to a single tile. Grey pictures keep
 * every sample (PNG of 8 or 16 bits); colours become JPEG of high quality, as slides are stored anyway. The picture is
 * streamed through once, so memory does not grow with it. Throws PictureError.
 */
export async function writeTiles(task: TilesTask, maxPixels: number): Promise<void> {
  try {
    const { target, file, format, frame } = task
    const shown =
      format === 'dcm'
        ? await openDicomFrame(file, frame, maxPixels)
        : await asTileSource((await openPicture(file, { format, maxPixels, failOn: 'error', frame })).autoOrient())
    const encoded = (await isGrey(shown)) ? shown.png(PNG) : shown.flatten({ background: '#000' }).jpeg(JPEG)
    await encoded
      .tile({ size: TILE_SIDE, overlap: 0, layout: 'dz', container: 'zip', depth: 'onetile', basename: 'tiles' })
      .toFile(target)
  } catch (error) {
    throw asPictureError(error)
  }
}

async function isGrey(picture: Sharp): Promise<boolean> {
  const { channels, space } = await picture.metadata()
  return channels === 1 && space !== 'cmyk'
}

/** The picture in samples a tile can hold: grey of 8 or 16 bits, or colours of 8. */
async function asTileSource(picture: Sharp): Promise<Sharp> {
  const { depth } = await picture.metadata()
  const grey = await isGrey(picture)
  if (depth === 'uchar') return picture.toColourspace(grey ? 'b-w' : 'srgb')
  if (depth === 'ushort') return picture.toColourspace(grey ? 'grey16' : 'srgb')
  return windowToBytes(picture, depth)
}
