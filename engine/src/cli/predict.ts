import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeRle } from '@vesalius/contracts'
import sharp from 'sharp'
import type { MaskPrediction, Prediction } from '../runner/messages.ts'
import { openModelFile } from '../tasks/families.ts'
import { listPictures, type NamedFile } from './list-files.ts'
import { UsageError } from './usage-error.ts'

export interface PredictOptions {
  model?: string
  images?: string
  out?: string
}

/**
 * Writes what a model says about each image of a folder: `<name>.json`, and for segmentation `<name>.png`, 16 bit: value n
 * is mask n, 0 nothing. Answers a summary. Throws UsageError, PredictionError.
 */
export async function predict({ model, images, out }: PredictOptions, tell: (line: string) => void) {
  if (!model || !images || !out) throw new UsageError('predict needs --model FILE --images DIR --out DIR')
  const pictures = await listPictures(images)
  await mkdir(out, { recursive: true })
  const opened = await openModelFile(model, { threads: 0 })
  const failed: string[] = []
  const started = performance.now()
  try {
    for (const picture of pictures) {
      const [answer] = await opened.predict([picture.file], performance.now())
      if (answer && !('error' in answer)) await writeAnswer(out, picture, answer)
      else {
        failed.push(picture.file)
        tell(`${picture.file}: ${answer?.error ?? 'no answer'}`)
      }
    }
  } finally {
    await opened.dispose()
  }
  return { images: pictures.length - failed.length, failed, seconds: (performance.now() - started) / 1000, out }
}

async function writeAnswer(out: string, { stem }: NamedFile, { latencyMs: _, ...answer }: Prediction): Promise<void> {
  await writeFile(join(out, `${stem}.json`), `${JSON.stringify(answer)}\n`)
  if ('masks' in answer) await writeMasks(join(out, `${stem}.png`), answer)
}

async function writeMasks(file: string, { size, masks }: Pick<MaskPrediction, 'size' | 'masks'>): Promise<void> {
  const [height, width] = size
  const values = new Uint16Array(height * width)
  masks.forEach(({ rle }, index) => {
    decodeRle(rle, size).forEach((isSet, at) => {
      if (isSet) values[at] = index + 1
    })
  })
  await sharp(values, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toFile(file)
}
