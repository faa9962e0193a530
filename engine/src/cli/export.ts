import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeNetwork } from '../model-file/network-file.ts'
import { quantizeModel } from '../quantize/quantize-model.ts'
import { listPictures } from './list-files.ts'
import { UsageError } from './usage-error.ts'

export interface ExportOptions {
  model?: string
  out?: string
  /** On whole numbers of 8 bits, fitted to the pictures of a folder. */
  int8?: boolean
  images?: string
}

/** Pictures from which ranges are learnt: spread over the folder. */
const MOST_PICTURES = 32

/**
 * Lays a model out as a folder that model hubs understand: `model.onnx`, `config.json` with all that is needed to prepare
 * pictures and read answers, `README.md` as its card. Throws UsageError, PredictionError.
 */
export async function exportModel({ model, out, int8 = false, images }: ExportOptions) {
  if (!model || !out) throw new UsageError('export needs --model FILE --out DIR')
  if (int8 && !images) throw new UsageError('export --int8 needs --images DIR: pictures as the model will see them')
  const bytes = await readFile(model).catch((cause) => {
    throw new UsageError(`cannot read ${model}`, { cause })
  })
  const card = decodeNetwork(bytes)?.card
  if (!card || typeof card !== 'object') throw new UsageError(`${model} is not a model of this engine`)
  // Which images it learnt from is nobody's business but the next training's.
  const { trainedOn: _, ...config } = card as Record<string, unknown>
  await mkdir(out, { recursive: true })
  const file = join(out, 'model.onnx')
  if (int8 && images) await writeFile(file, await quantizeModel(bytes, await pickPictures(images)))
  else await copyFile(model, file)
  const precision = int8 ? { precision: 'int8' } : {}
  await writeFile(join(out, 'config.json'), `${JSON.stringify({ ...config, ...precision }, null, 2)}\n`)
  await writeFile(join(out, 'README.md'), describe(config))
  return { out, files: ['model.onnx', 'config.json', 'README.md'] }
}

async function pickPictures(folder: string): Promise<string[]> {
  const pictures = await listPictures(folder)
  const step = Math.max(1, pictures.length / MOST_PICTURES)
  return Array.from(
    { length: Math.min(MOST_PICTURES, pictures.length) },
    (_, at) => pictures[Math.floor(at * step)],
  ).flatMap((picture) => (picture ? [picture.file] : []))
}

function describe(config: Record<string, unknown>): string {
  const classes = Array.isArray(config.classes) ? config.classes.map((name) => `- ${name}`).join('\n') : ''
  return `---
library_name: onnx
tags: [vesalius, medical-imaging]
---
# Vesalius model, task type ${config.taskType}

Standard ONNX operators only. Input \`image\`: float32 [batch, channels, height, width], each channel
(pixel − mean) / deviation with the figures of \`config.json\`, pixels 0..255.

Classes, in order:

${classes}

Not a medical device. Measured on the images of one project; measure it on yours before relying on it.
`
}
