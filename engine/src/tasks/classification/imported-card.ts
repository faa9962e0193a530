import { z } from 'zod'
import { readModel } from '../../graph/read-model.ts'
import { type ModelPort, type ModelSummary, UnusableModelError } from '../../model-file/inspect-model.ts'

/** What is known, or taken as usual, of a network made by another program. */
export const ImportedCard = z.object({
  /** What it answers; empty while it answers nothing that the project asks. */
  classes: z.array(z.string()),
  imageSize: z.int().min(16).max(1024),
  channels: z.union([z.literal(1), z.literal(3)]),
  mean: z.array(z.number()),
  deviation: z.array(z.number().positive()),
  temperature: z.number().positive(),
  input: z.string(),
  output: z.string(),
  answer: z.enum(['logits', 'probabilities']),
  /** Whether it takes any number of images at once; else one. */
  takesMany: z.boolean(),
  /** The value that a last layer of our own can be learnt on: [N, …] what the network says before it answers. */
  features: z.string(),
  /** `fingerprintItems` of what our own last layer was trained on. */
  trainedOn: z.string(),
})
export type ImportedCard = z.infer<typeof ImportedCard>

export const IMPORTED_KEY = 'vesalius-imported'
const USUAL_SIZE = 224
/** Of the ImageNet pictures most published networks learnt from, on the 0..255 scale. */
const COLOUR = { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] }
const GREY = { mean: [127.5], deviation: [127.5] }
/** What may stand between a last layer and the answer. */
const FINISHES = ['Softmax', 'LogSoftmax', 'Sigmoid', 'Identity', 'Add', 'Squeeze']

/** The card in a file; null when it is none of another program that was adopted here. */
export function readImportedCard(bytes: Uint8Array): ImportedCard | null {
  const text = readModel(bytes).metadata.get(IMPORTED_KEY)
  return text === undefined ? null : (ImportedCard.safeParse(JSON.parse(text)).data ?? null)
}

/**
 * How to ask the network of another program: one image [N, 1 or 3, side, side] goes in, [N, numbers] comes out; those are
 * the project's classes, in order, when there are as many. Throws UnusableModelError.
 */
export function describeImported(summary: ModelSummary, classes: readonly string[]): ImportedCard {
  const { inputs, outputs, makers } = summary
  const [input, another] = inputs
  if (!input || another) throw new UnusableModelError('the model must take one input, the image')
  const [batch, channels, height, width] = input.shape
  const isImage = input.isFloat && input.shape.length === 4 && (batch === null || batch === 1)
  if (!isImage || (channels !== 1 && channels !== 3) || height !== width) {
    throw new UnusableModelError('the model must take float images as [N, 1 or 3, side, side]')
  }
  const imageSize = height ?? USUAL_SIZE
  if (imageSize < 16 || imageSize > 1024) throw new UnusableModelError('the image side must be 16 to 1024 pixels')
  const fitting = outputs.find((port) => isAnswer(port, classes.length))
  const output = fitting ?? outputs.find(({ isFloat }) => isFloat)
  if (!output) throw new UnusableModelError('the model must answer with numbers')
  return {
    classes: fitting ? [...classes] : [],
    imageSize,
    channels,
    ...(channels === 3 ? COLOUR : GREY),
    temperature: 1,
    input: input.name,
    output: output.name,
    answer: makers.get(output.name)?.operator === 'Softmax' ? 'probabilities' : 'logits',
    takesMany: batch === null,
    features: findFeatures(summary, output.name),
    trainedOn: '',
  }
}

function isAnswer({ isFloat, shape }: ModelPort, classCount: number): boolean {
  return isFloat && shape.length === 2 && shape[1] === classCount
}

/** What the last layer reads; the answer itself where no last layer is found, as of a network that ends in features. */
function findFeatures({ makers }: ModelSummary, output: string): string {
  let name = output
  for (;;) {
    const maker = makers.get(name)
    if (!maker) return output
    const [first] = maker.inputs
    if ((maker.operator === 'Gemm' || maker.operator === 'MatMul') && first) return first
    const next = maker.inputs.find((value) => makers.has(value))
    if (!FINISHES.includes(maker.operator) || !next) return output
    name = next
  }
}
