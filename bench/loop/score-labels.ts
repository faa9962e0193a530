import {
  type DetectionLabelData,
  type ImageType,
  paintRle,
  readClassAnswer,
  type SegmentationLabelData,
  taskTypeOf,
} from '@vesalius/contracts'
import {
  emptyTally,
  type InstanceTally,
  instancePrecision,
  measureClassification,
  measureDetection,
  poolTallies,
  tallyInstances,
} from '@vesalius/engine'

/** What guesses and people say about the same images, as label files hold it. */
export interface LabelPair {
  guess: unknown
  truth: unknown
}

/**
 * How good the guesses are that people get to see. Boxes below the model's threshold are not told, so `map50` is lower than
 * that of the model; masks count over the whole picture.
 */
export function scoreLabels(taskType: ImageType, classes: readonly string[], pairs: readonly LabelPair[]) {
  const { family } = taskTypeOf(taskType)
  if (family === 'classification') return scoreClasses(classes, pairs)
  if (family === 'detection') return scoreBoxes(classes, pairs as readonly Pair<DetectionLabelData>[])
  return scoreMasks(pairs as readonly Pair<SegmentationLabelData>[], taskType === 3004)
}

interface Pair<Data> {
  guess: Data
  truth: Data
}

function scoreClasses(classes: readonly string[], pairs: readonly LabelPair[]) {
  const answers = pairs.map(({ guess, truth }) => {
    const [said, known] = [readClassAnswer(guess as never), readClassAnswer(truth as never)]
    if (!said || known?.value == null) throw new Error('a label holds no answer')
    return { weights: said.weights, value: known.value }
  })
  const { accuracy, auroc, ece } = measureClassification(
    classes,
    answers.map(({ value }) => value),
    answers.map(({ weights }) => weights),
  )
  return { accuracy, auroc, ece }
}

function scoreBoxes(classes: readonly string[], pairs: readonly Pair<DetectionLabelData>[]) {
  const images = pairs.map(({ guess, truth }) => ({
    truths: truth.boxes,
    guesses: guess.boxes.map((mark) => ({ ...mark, score: mark.score ?? 1 })),
  }))
  const { map50, map } = measureDetection(
    classes,
    images,
    classes.map(() => 0),
  )
  return { map50, map }
}

function scoreMasks(pairs: readonly Pair<SegmentationLabelData>[], hasInstances: boolean) {
  let [shared, sum] = [0, 0]
  const tallies: InstanceTally[] = []
  for (const { guess, truth } of pairs) {
    const [said, known] = [paintMasks(guess), paintMasks(truth)]
    said.forEach((mask, at) => {
      shared += mask !== 0 && known[at] !== 0 ? 1 : 0
      sum += (mask !== 0 ? 1 : 0) + (known[at] !== 0 ? 1 : 0)
    })
    const tally = emptyTally()
    tallyInstances(tally, said, known)
    tallies.push(tally)
  }
  const ap50 = hasInstances ? instancePrecision(poolTallies(tallies), 0.5) : null
  return { dice: (2 * shared) / Math.max(1, sum), ...(hasInstances ? { ap50 } : {}) }
}

/** [height, width]: number of the mask, 0 where there is none. */
function paintMasks({ masks, size }: SegmentationLabelData): Int32Array {
  const painted = new Int32Array(size[0] * size[1])
  masks.forEach(({ rle }, index) => {
    paintRle(painted, index + 1, rle, size)
  })
  return painted
}
