import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImageType, type Metrics } from '@vesalius/contracts'
import { z } from 'zod'
import { measureClassification } from '../metrics/classification.ts'
import { measureDetection } from '../metrics/detection.ts'
import { decodeNetwork } from '../model-file/network-file.ts'
import type { ClassItem, MarkedItem } from '../runner/messages.ts'
import { readMarks } from '../tasks/detection/read-marks.ts'
import { openModelFile } from '../tasks/families.ts'
import { scoreSegmenter } from '../tasks/segmentation/score-segmenter.ts'
import { type Collected, collectItems } from './collect-items.ts'
import { familyNameOf } from './tasks.ts'
import { UsageError } from './usage-error.ts'

export interface EvaluateOptions {
  model?: string
  images?: string
  masks?: string
  labels?: string
}

const Card = z.object({ taskType: ImageType, classes: z.array(z.string()) })

/** What a model is worth on an annotated folder. Throws UsageError, PredictionError. */
export async function evaluate({ model, images, masks, labels }: EvaluateOptions): Promise<Metrics> {
  if (!model || !images) throw new UsageError('evaluate needs --model FILE --images DIR')
  const { taskType: imageType, classes } = await readCard(model)
  const scratch = await mkdtemp(join(tmpdir(), 'vesalius-evaluate-'))
  try {
    const collected = await collectItems({ imageType, images, masks, labels, classes, scratch })
    switch (familyNameOf(imageType)) {
      case 'classification':
        return await evaluateClasses(model, classes, collected as Collected<ClassItem>)
      case 'detection':
        return await evaluateBoxes(model, classes, collected as Collected<MarkedItem>)
      default:
        return await evaluateMasks(model, (collected as Collected<MarkedItem>).items)
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function readCard(model: string) {
  const bytes = await readFile(model).catch((cause) => {
    throw new UsageError(`cannot read ${model}`, { cause })
  })
  const card = Card.safeParse(decodeNetwork(bytes)?.card)
  if (!card.success) throw new UsageError(`${model} is not a model of this engine`)
  return card.data
}

async function evaluateClasses(model: string, classes: string[], { items }: Collected<ClassItem>): Promise<Metrics> {
  const answers = await ask(model, items)
  const probabilities = answers.map((answer) => {
    if (!('probabilities' in answer)) throw new UsageError('this model answers no classes')
    return answer.probabilities
  })
  return measureClassification(
    classes,
    items.map((item) => item.value),
    probabilities,
  )
}

async function evaluateMasks(model: string, items: MarkedItem[]): Promise<Metrics> {
  const { matches: _, ...figures } = await scoreSegmenter(model, items)
  return figures
}

async function evaluateBoxes(model: string, classes: string[], { items }: Collected<MarkedItem>): Promise<Metrics> {
  const answers = await ask(model, items)
  const judged = await Promise.all(
    answers.map(async (answer, index) => {
      if (!('boxes' in answer)) throw new UsageError('this model answers no boxes')
      const truths = await readMarks(items[index]?.labelFile ?? '', classes)
      return { truths, guesses: [...answer.boxes, ...answer.doubtful] }
    }),
  )
  return measureDetection(
    classes,
    judged,
    classes.map(() => 0.5),
  )
}

async function ask(model: string, items: readonly { file: string }[]) {
  const opened = await openModelFile(model, { threads: 0 })
  try {
    const answers = await opened.predict(
      items.map(({ file }) => file),
      performance.now(),
    )
    return answers.map((answer, index) => {
      if ('error' in answer) throw new UsageError(`${items[index]?.file}: ${answer.error}`)
      return answer
    })
  } finally {
    await opened.dispose()
  }
}
