import { decodePicture, readImageHeader, UnreadableImageError } from '../../data/decode-image.ts'
import type { OnnxSession } from '../../onnx.ts'
import type { MaskPrediction } from '../../runner/messages.ts'
import { findMasks } from './find-masks.ts'
import { collectMaps } from './infer-maps.ts'
import type { SegmenterCard } from './model-card.ts'
import { mapCount } from './network-spec.ts'
import { seenSize } from './seen-picture.ts'

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
  const maps = mapCount({ classCount: card.classes.length, hasInstances: card.instances !== null })
  const answers: (MaskPrediction | { error: string })[] = []
  for (const file of files) {
    try {
      const { width, height } = await readImageHeader(file)
      const size = seenSize({ width, height }, card.scale)
      const pixels = await decodePicture(file, { ...size, channels: card.channels })
      const collected = await collectMaps(session, maps, { ...size, pixels, channels: card.channels })
      const masks = findMasks(collected, size, { width, height }, card)
      answers.push({ size: [height, width], masks, latencyMs: performance.now() - asked })
    } catch (error) {
      if (!(error instanceof UnreadableImageError)) throw error
      answers.push({ error: error.message })
    }
  }
  return answers
}
