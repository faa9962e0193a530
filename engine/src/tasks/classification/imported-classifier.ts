import { WireWriter } from '../../graph/wire-writer.ts'
import type { ModelSummary } from '../../model-file/inspect-model.ts'
import { openOnnx } from '../../onnx.ts'
import { describeImported, IMPORTED_KEY, type ImportedCard, readImportedCard } from './imported-card.ts'
import type { OpenClassifier } from './open-classifier.ts'

const LEAST_PROBABILITY = 1e-12

/**
 * The file with a note of how to ask it, appended as ONNX metadata, and whether it answers the project's question as it
 * is. Throws UnusableModelError.
 */
export function adoptClassifier(
  bytes: Uint8Array,
  summary: ModelSummary,
  classes: readonly string[],
): { bytes: Uint8Array; answers: boolean } {
  const card = describeImported(summary, classes)
  const note = new WireWriter()
  note.message(14, (entry) => {
    entry.text(1, IMPORTED_KEY)
    entry.text(2, JSON.stringify(card))
  })
  return { bytes: new Uint8Array(Buffer.concat([bytes, note.toBytes()])), answers: card.classes.length > 0 }
}

/** Null when the bytes are no adopted classifier, or one that answers nothing yet. */
export async function openImported(
  bytes: Uint8Array,
  options: { threads?: number },
): Promise<{ card: ImportedCard; model: OpenClassifier } | null> {
  const card = readImportedCard(bytes)
  if (!card || card.classes.length === 0) return null
  const session = await openOnnx(bytes, options)
  const { channels, imageSize, classes, takesMany, input, output, answer } = card
  const run = async (images: Float32Array, count: number) => {
    const pictureLength = images.length / count
    const atOnce = takesMany ? count : 1
    const logits = new Float32Array(count * classes.length)
    for (let at = 0; at < count; at += atOnce) {
      const data = images.subarray(at * pictureLength, (at + atOnce) * pictureLength)
      const answers = await session.run({ [input]: { data, shape: [atOnce, channels, imageSize, imageSize] } })
      const found = answers[output]
      if (found?.length !== atOnce * classes.length) throw new Error('the model answered in another shape')
      logits.set(answer === 'logits' ? found : found.map(toLogit), at * classes.length)
    }
    return logits
  }
  return { card, model: { run, dispose: () => session.dispose() } }
}

const toLogit = (probability: number): number => Math.log(Math.max(LEAST_PROBABILITY, probability))
