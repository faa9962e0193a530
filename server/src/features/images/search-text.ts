import type { TextLine } from '@vesalius/contracts'
import { type Frames, findText, renderFrame } from '@vesalius/imaging'
import sharp, { type Sharp } from 'sharp'
import { openPicture } from './open-picture.ts'
import type { InspectTask } from './picture-protocol.ts'
import { windowToBytes } from './write-preview.ts'

/** Larger pictures are made smaller before: what is written into them is meant to be read on a screen. */
const LONGEST_SIDE = 2048
const MOST_LINES = 20

/** Lines of text that seem to be burned into a picture file, in pixels of the upright picture. */
export async function searchPicture(
  { file, format }: Pick<InspectTask, 'file' | 'format'>,
  maxPixels: number,
): Promise<TextLine[]> {
  const picture = await openPicture(file, { format, maxPixels, failOn: 'error' })
  const { depth, autoOrient } = await picture.metadata()
  const upright = picture.autoOrient()
  const shown = depth === 'uchar' ? upright : await windowToBytes(upright, depth)
  return searchFrame(shown, { ...autoOrient, frame: 0 })
}

/** The same of a decoded file: of its first, middle and last frame. */
export async function searchFrames(picture: Frames): Promise<TextLine[]> {
  const { width, height, frames } = picture
  const found: TextLine[] = []
  for (const frame of new Set([0, Math.floor(frames / 2), frames - 1])) {
    const { data, channels } = renderFrame(picture, frame)
    found.push(...(await searchFrame(sharp(data, { raw: { width, height, channels } }), { width, height, frame })))
  }
  return found.slice(0, MOST_LINES)
}

async function searchFrame(
  picture: Sharp,
  { width, height, frame }: { width: number; height: number; frame: number },
): Promise<TextLine[]> {
  const { data, info } = await picture
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#000' })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const [across, down] = [width / info.width, height / info.height]
  const lines = findText({ width: info.width, height: info.height, data }).slice(0, MOST_LINES)
  return lines.map(([x, y, w, h]) => ({
    frame,
    box: [Math.floor(x * across), Math.floor(y * down), Math.ceil(w * across), Math.ceil(h * down)],
  }))
}
