import { decodePicture, readImageHeader, UnreadableImageError } from '../../data/decode-image.ts'
import type { OnnxSession } from '../../onnx.ts'
import type { BoxPrediction } from '../../runner/messages.ts'
import { calibrateMarks } from './calibrate.ts'
import { findBoxes, seenSize } from './find-boxes.ts'
import type { DetectorCard } from './model-card.ts'

/** Less probable boxes are told nobody. */
const LEAST_SCORE = 0.01

/**
 * Answers for image files, in order: boxes in pixels of the original with their probabilities, best first, or why a file
 * could not be read. `latencyMs` counts from `asked` (performance.now()), so waiting and decoding are in it.
 */
export async function predictBoxes(
  session: OnnxSession,
  card: DetectorCard,
  files: readonly string[],
  asked: number,
): Promise<(BoxPrediction | { error: string })[]> {
  const answers: (BoxPrediction | { error: string })[] = []
  for (const file of files) {
    try {
      const size = await readImageHeader(file)
      const pixels = await decodePicture(file, { ...seenSize(size, card.scale), channels: card.channels })
      const found = calibrateMarks(await findBoxes(session, card, pixels, size), card.calibrations)
      const boxes = found.filter(({ score }) => score >= LEAST_SCORE).sort((a, b) => b.score - a.score)
      const isAnswer = (box: (typeof boxes)[number]) => box.score >= (card.calibrations[box.class]?.threshold ?? 1)
      answers.push({
        boxes: boxes.filter(isAnswer),
        doubtful: boxes.filter((box) => !isAnswer(box)),
        latencyMs: performance.now() - asked,
      })
    } catch (error) {
      if (!(error instanceof UnreadableImageError)) throw error
      answers.push({ error: error.message })
    }
  }
  return answers
}
