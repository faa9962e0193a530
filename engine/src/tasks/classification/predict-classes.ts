import { normaliseInto } from '../../data/augmentation.ts'
import { decodeImage, UnreadableImageError } from '../../data/decode-image.ts'
import type { ClassPrediction } from '../../runner/messages.ts'
import { softmax } from './calibration.ts'
import type { ModelCard } from './model-card.ts'
import type { OpenClassifier } from './open-classifier.ts'

/** What must be known of a model to ask it about a file. */
type Card = Pick<ModelCard, 'classes' | 'imageSize' | 'channels' | 'mean' | 'deviation' | 'temperature'>

const BATCH = 16

/**
 * Answers for image files, in order: calibrated probabilities per class, or why a file could not be read.
 * `latencyMs` counts from `asked` (performance.now()), so waiting and decoding are in it.
 */
export async function predictClasses(
  model: OpenClassifier,
  card: Card,
  files: readonly string[],
  asked: number,
): Promise<(ClassPrediction | { error: string })[]> {
  const answers: (ClassPrediction | { error: string })[] = []
  for (let start = 0; start < files.length; start += BATCH) {
    answers.push(...(await predictBatch(model, card, files.slice(start, start + BATCH), asked)))
  }
  return answers
}

async function predictBatch(model: OpenClassifier, card: Card, files: readonly string[], asked: number) {
  const format = { size: card.imageSize, channels: card.channels }
  const decoded = await Promise.all(files.map((file) => decodeImage(file, format).catch(asUnreadable)))
  const readable = decoded.filter((pixels) => pixels instanceof Uint8Array)
  const pictureLength = card.channels * card.imageSize ** 2
  const images = new Float32Array(readable.length * pictureLength)
  readable.forEach((pixels, row) => {
    normaliseInto(images, row * pictureLength, pixels, format, card)
  })
  const logits = readable.length > 0 ? await model.run(images, readable.length) : new Float32Array(0)

  const classCount = card.classes.length
  let row = 0
  return decoded.map((pixels) => {
    if (!(pixels instanceof Uint8Array)) return { error: pixels.message }
    const scores = logits.subarray(row * classCount, (row + 1) * classCount)
    row += 1
    return { probabilities: softmax(scores, card.temperature), latencyMs: performance.now() - asked }
  })
}

function asUnreadable(error: unknown): UnreadableImageError {
  if (error instanceof UnreadableImageError) return error
  throw error
}
