import { type Image, type ImageTiles, routes } from '@vesalius/contracts'
import { urlOf } from '../../../api/call.ts'
import { decodePicture, fetchBytes } from '../frames/load-frame.ts'
import { frameOfBitmap, frameOfSamples, type LoadedFrame } from '../frames/loaded-frame.ts'
import { plainFacts } from '../frames/pixel-grid.ts'
import { decodeDeepPng } from './deep-png.ts'
import type { TileId } from './pyramid.ts'

/** Fetches and decodes one tile, at full depth where the image is grey. */
export async function loadTile(
  image: Image,
  frame: number,
  tiles: ImageTiles,
  { level, column, row }: TileId,
  signal: AbortSignal,
): Promise<LoadedFrame> {
  const params = { imageId: image.id, level, column, row }
  const response = await fetchBytes(urlOf(routes.getImageTile, { params, query: { frame } }), signal)
  if (tiles.bits === 16) {
    const { samples, ...size } = await decodeDeepPng(new Uint8Array(await response.arrayBuffer()))
    const facts = { ...plainFacts(size, 'grey'), sampleType: 'u16', bitsStored: 16 } as const
    return frameOfSamples(image.id, 0, facts, samples)
  }
  return frameOfBitmap(image.id, await decodePicture(await response.blob()), tiles.encoding === 'png')
}
