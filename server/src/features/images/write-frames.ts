import { readFile, writeFile } from 'node:fs/promises'
import { writeFrames } from '@vesalius/imaging'
import { decodePicture } from '@vesalius/imaging/node'
import { decodeLimits } from './decode-limits.ts'
import { asPictureError } from './picture-error.ts'
import type { FramesTask } from './picture-protocol.ts'

/** Writes the samples of all frames, unpacked, so that a frame is a range of the file. Throws PictureError. */
export async function writeFrameFile({ file, target }: FramesTask, maxPixels: number): Promise<void> {
  try {
    const picture = await decodePicture(await readFile(file), decodeLimits(maxPixels))
    await writeFile(target, await writeFrames(picture, { isPacked: false }))
  } catch (error) {
    throw asPictureError(error)
  }
}
