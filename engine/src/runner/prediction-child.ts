import { readImageHeader, restrictDecoders } from '../data/decode-image.ts'
import { openModelFile } from '../tasks/families.ts'
import { exitWithParent } from './child-process.ts'
import { LastUsedCache } from './last-used-cache.ts'
import { PredictionCall, type PredictionReply } from './pipe-messages.ts'

/** The process that predicts: keeps the last few models open and answers calls one after the other. */

exitWithParent()
restrictDecoders()
const threads = Number(process.env.VESALIUS_PREDICTION_THREADS ?? 1)
const models = new LastUsedCache(Number(process.env.VESALIUS_PREDICTION_MODELS ?? 3), (file) =>
  openModelFile(file, { threads }),
)

let lastAnswer: Promise<void> = Promise.resolve()
process.on('message', (message) => {
  const asked = performance.now()
  lastAnswer = lastAnswer.then(() => answer(message, asked))
})

async function answer(message: unknown, asked: number): Promise<void> {
  const { call, modelFile, imageFiles } = PredictionCall.parse(message)
  try {
    const model = await models.get(modelFile)
    send({ kind: 'begun', call, pixels: await countPixels(imageFiles) })
    send({ kind: 'answers', call, answers: await model.predict(imageFiles, asked) })
  } catch (error) {
    send({ kind: 'failed', call, message: error instanceof Error ? error.message : String(error) })
  }
}

/** Of all files that can be read; the others are told apart when they are asked about. */
async function countPixels(files: readonly string[]): Promise<number> {
  let pixels = 0
  for (const file of files) {
    const { width, height } = await readImageHeader(file).catch(() => ({ width: 0, height: 0 }))
    pixels += width * height
  }
  return pixels
}

function send(reply: PredictionReply): void {
  if (process.connected) process.send?.(reply)
}
