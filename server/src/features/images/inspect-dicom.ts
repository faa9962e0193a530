import { readFile } from 'node:fs/promises'
import { CHANNELS, type Frames } from '@vesalius/imaging'
import { decodeDicom } from '@vesalius/imaging/node'
import { decodeLimits } from './decode-limits.ts'
import type { PictureFacts } from './picture-protocol.ts'

/** Decodes every frame of a DICOM file and says what it is. Throws the imaging library's PictureError. */
export async function inspectDicom(file: string, maxPixels: number): Promise<{ facts: PictureFacts; picture: Frames }> {
  const picture = await decodeDicom(await readFile(file), decodeLimits(maxPixels))
  const { width, height, frames, bitsStored, colour, calibrations } = picture
  const spacing = calibrations[0]?.spacing ?? null
  return { facts: { width, height, frames, bitDepth: bitsStored, channels: CHANNELS[colour], spacing }, picture }
}
