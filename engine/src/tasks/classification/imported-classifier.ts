import { z } from 'zod'
import { readModel } from '../../graph/read-model.ts'
import { WireWriter } from '../../graph/wire-writer.ts'
import { type ModelPort, type ModelSummary, UnusableModelError } from '../../model-file/inspect-model.ts'
import { openOnnx } from '../../onnx.ts'
import type { OpenClassifier } from './open-classifier.ts'

/** What is known, or taken as usual, of a classifier made by another program. */
const ImportedCard = z.object({
  classes: z.array(z.string()).min(2),
  imageSize: z.int().min(16).max(1024),
  channels: z.union([z.literal(1), z.literal(3)]),
  mean: z.array(z.number()),
  deviation: z.array(z.number().positive()),
  temperature: z.literal(1),
  input: z.string(),
  output: z.string(),
  answer: z.enum(['logits', 'probabilities']),
  /** Whether it takes any number of images at once; else one. */
  takesMany: z.boolean(),
})
type ImportedCard = z.infer<typeof ImportedCard>

const METADATA_KEY = 'vesalius-imported'
const USUAL_SIZE = 224
/** Of the ImageNet pictures most published networks learnt from, on the 0..255 scale. */
const COLOUR = { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] }
const GREY = { mean: [127.5], deviation: [127.5] }
const LEAST_PROBABILITY = 1e-12

/**
 * The file with a note of how to ask it, appended as ONNX metadata: one image [N, 1 or 3, side, side] goes in, [N, classes]
 * comes out, in the order of `classes`. Throws UnusableModelError.
 */
export function adoptClassifier(bytes: Uint8Array, summary: ModelSummary, classes: readonly string[]): Uint8Array {
  const card = describe(summary, classes)
  const note = new WireWriter()
  note.message(14, (entry) => {
    entry.text(1, METADATA_KEY)
    entry.text(2, JSON.stringify(card))
  })
  return new Uint8Array(Buffer.concat([bytes, note.toBytes()]))
}

/** Null when the bytes are no adopted classifier. */
export async function openImported(
  bytes: Uint8Array,
  options: { threads?: number },
): Promise<{ card: ImportedCard; model: OpenClassifier } | null> {
  const text = readModel(bytes).metadata.get(METADATA_KEY)
  const card = text === undefined ? null : (ImportedCard.safeParse(JSON.parse(text)).data ?? null)
  if (!card) return null
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

function describe({ inputs, outputs, makers }: ModelSummary, classes: readonly string[]): ImportedCard {
  const [input, another] = inputs
  if (!input || another) throw new UnusableModelError('the model must take one input, the image')
  const [batch, channels, height, width] = input.shape
  const isImage = input.isFloat && input.shape.length === 4 && (batch === null || batch === 1)
  if (!isImage || (channels !== 1 && channels !== 3) || height !== width) {
    throw new UnusableModelError('the model must take float images as [N, 1 or 3, side, side]')
  }
  const imageSize = height ?? USUAL_SIZE
  if (imageSize < 16 || imageSize > 1024) throw new UnusableModelError('the image side must be 16 to 1024 pixels')
  const output = outputs.find((port) => isAnswer(port, classes.length))
  if (!output) {
    throw new UnusableModelError(`the model must answer with one number for each of the ${classes.length} classes`)
  }
  return {
    classes: [...classes],
    imageSize,
    channels,
    ...(channels === 3 ? COLOUR : GREY),
    temperature: 1,
    input: input.name,
    output: output.name,
    answer: makers.get(output.name) === 'Softmax' ? 'probabilities' : 'logits',
    takesMany: batch === null,
  }
}

function isAnswer({ isFloat, shape }: ModelPort, classCount: number): boolean {
  return isFloat && shape.length === 2 && shape[1] === classCount
}

const toLogit = (probability: number): number => Math.log(Math.max(LEAST_PROBABILITY, probability))
