import { readImageHeader, UnreadableImageError } from '../../data/decode-image.ts'
import type { OnnxSession } from '../../onnx.ts'
import type { MaskPrediction } from '../../runner/messages.ts'
import { findMasks } from './find-masks.ts'
import { lookAt } from './look.ts'
import type { SegmenterCard } from './model-card.ts'

/**
 * Answers for image files, in order: masks of the original's size with their probabilities, or why a file could not be
 * read. `latencyMs` counts from `asked` (performance.now()), so waiting and decoding are in it.
 */
export async function predictMasks(
  session: OnnxSession,
  card: SegmenterCard,
  files: readonly string[],
  asked: number,
): Promise<(MaskPrediction | { error: string })[]> {
  const answers: (MaskPrediction | { error: string })[] = []
  for (const file of files) {
    try {
      const { width, height } = await readImageHeader(file)
      const { seen, maps } = await lookAt(session, card, file, { width, height })
      const masks = findMasks(maps, seen, { width, height }, card)
      answers.push({ size: [height, width], masks, latencyMs: performance.now() - asked })
    } catch (error) {
      if (!(error instanceof UnreadableImageError)) throw error
      answers.push({ error: error.message })
    }
  }
  return answers
}
