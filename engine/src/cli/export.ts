import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeNetwork } from '../model-file/network-file.ts'
import { UsageError } from './usage-error.ts'

/**
 * Lays a model out as a folder that model hubs understand: `model.onnx`, `config.json` with all that is needed to prepare
 * pictures and read answers, `README.md` as its card. Throws UsageError.
 */
export async function exportModel({ model, out }: { model?: string; out?: string }) {
  if (!model || !out) throw new UsageError('export needs --model FILE --out DIR')
  const bytes = await readFile(model).catch((cause) => {
    throw new UsageError(`cannot read ${model}`, { cause })
  })
  const card = decodeNetwork(bytes)?.card
  if (!card || typeof card !== 'object') throw new UsageError(`${model} is not a model of this engine`)
  // Which images it learnt from is nobody's business but the next training's.
  const { trainedOn: _, ...config } = card as Record<string, unknown>
  await mkdir(out, { recursive: true })
  await copyFile(model, join(out, 'model.onnx'))
  await writeFile(join(out, 'config.json'), `${JSON.stringify(config, null, 2)}\n`)
  await writeFile(join(out, 'README.md'), describe(config))
  return { out, files: ['model.onnx', 'config.json', 'README.md'] }
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
