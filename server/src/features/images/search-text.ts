import type { TextLine } from '@vesalius/contracts'
import { type Frames, findText, renderFrame } from '@vesalius/imaging'
import sharp, { type Sharp } from 'sharp'
import type { DecodedPicture } from './inspect-picture.ts'
import { openPicture } from './open-picture.ts'
import type { InspectTask } from './picture-protocol.ts'
import { windowToBytes } from './write-preview.ts'

/** Larger pictures are made smaller before: what is written into them is meant to be read on a screen. */
const LONGEST_SIDE = 2048
const MOST_LINES = 20

/** Lines of text that seem to be burned into a picture file, in pixels of the upright picture. */
export async function searchPicture(
  { file, format }: Pick<InspectTask, 'file' | 'format'>,
  decoded: DecodedPicture | null,
  maxPixels: number,
): Promise<TextLine[]> {
  // Small pictures come by the thousand: to decode each a second time costs more than the search.
  if (decoded && Math.max(decoded.width, decoded.height) <= LONGEST_SIDE) {
    const lines = findText({ ...decoded, data: asGrey(decoded) }).slice(0, MOST_LINES)
    return lines.map((box) => ({ frame: 0, box }))
  }
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

/** Luma of sRGB samples (Rec. ITU-R BT.709), what is transparent over black. */
function asGrey({ data, width, height, channels }: DecodedPicture): Uint8Array {
  if (channels === 1) return data
  const grey = new Uint8Array(width * height)
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * channels
    const red = data[from] as number
    const luma =
      channels < 3 ? red : 0.2126 * red + 0.7152 * (data[from + 1] as number) + 0.0722 * (data[from + 2] as number)
    grey[at] = channels % 2 === 0 ? (luma * (data[from + channels - 1] as number)) / 255 : luma
  }
  return grey
}
