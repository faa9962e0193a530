import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Backbone, ImageType } from '@vesalius/contracts'
import { measureClassification, openPredictor, trainInChild } from '@vesalius/engine'
import { BUDGET_OPTIONS, readBudget } from '../lib/budget.ts'

/**
 * How well does a model learn on real images in a few minutes on this machine?
 *   node bench/engine-accuracy/classification.bench.ts --set rbc12 --minutes 5 [--score test|val|none]
 * Trains on `train` through the engine as the server does, and scores on `test`. Recipes are chosen with
 * `--score none` (the engine's own held-out images) or `--score val` (a folder `val`), never on `test`.
 */

interface BenchSet {
  taskType: ImageType
  /** Images of one smear belong together; a chest X-ray stands alone. */
  groupOf(name: string): string
}

const SETS: Record<string, BenchSet> = {
  pneumoniamnist: { taskType: 1001, groupOf: (name) => name },
  rbc12: { taskType: 1003, groupOf: (name) => name.split('_')[0] ?? name },
}

const { values: args } = parseArgs({
  options: {
    set: { type: 'string', default: 'pneumoniamnist' },
    ...BUDGET_OPTIONS,
    backbone: { type: 'string', default: 'compact' },
    seed: { type: 'string', default: '1' },
    size: { type: 'string' },
    score: { type: 'string', default: 'test' },
  },
})

const data = process.env.VESALIUS_BENCH_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const set = SETS[args.set]
if (!set) throw new Error(`unknown set "${args.set}"; there are: ${Object.keys(SETS).join(', ')}`)
const folder = join(data, args.set)
if (!existsSync(join(folder, 'train'))) {
  console.log(`skipped: no ${args.set}/train in ${data}; set VESALIUS_BENCH_DATA to the folder that holds it`)
  process.exit(0)
}

const classes = readdirSync(join(folder, 'train')).sort()
const training = listImages('train')
const directory = mkdtempSync(join(tmpdir(), 'engine-accuracy-'))
mkdirSync(directory, { recursive: true })
const predictor = openPredictor({ threads: cpus().length })
try {
  const outcome = await trainInChild(
    {
      taskType: set.taskType,
      classes,
      items: training.map(({ file, name, value }) => ({ imageId: name, file, value, group: set.groupOf(name) })),
      backbone: args.backbone as Backbone,
      imageSize: args.size ? Number(args.size) : null,
      seed: Number(args.seed),
      ...readBudget(args, 5).request,
      warmStartModel: null,
      directory,
    },
    {
      onUpdate: (update) => {
        if (update.kind === 'epoch') console.error(JSON.stringify(update.point))
      },
    },
  )
  const { metrics: heldOut, epochs, seconds, imageSize, byteSize, trainingImages, validationImages } = outcome
  const scored = args.score === 'none' ? null : await scoreFolder(args.score, outcome.modelFile)
  console.log(
    JSON.stringify(
      {
        date: new Date().toISOString(),
        machine: `${cpus().length} × ${cpus()[0]?.model}`,
        ...args,
        imageSize,
        trainingImages,
        validationImages,
        epochs,
        seconds,
        byteSize,
        heldOut: heldOut?.kind === 'classification' ? summarise(heldOut) : null,
        scored: scored && summarise(scored),
      },
      null,
      1,
    ),
  )
} finally {
  await predictor.close()
  rmSync(directory, { recursive: true, force: true })
}

function listImages(part: string) {
  return classes.flatMap((name, value) =>
    readdirSync(join(folder, part, name))
      .sort()
      .map((image) => ({ file: join(folder, part, name, image), name: image, value })),
  )
}

async function scoreFolder(part: string, modelFile: string) {
  const images = listImages(part)
  const answers = await predictor.predict(
    modelFile,
    images.map(({ file }) => file),
  )
  const probabilities = answers.map((answer) => {
    if ('error' in answer) throw new Error(answer.error)
    if (!('probabilities' in answer)) throw new Error('this is not a classification model')
    return answer.probabilities
  })
  return measureClassification(
    classes,
    images.map(({ value }) => value),
    probabilities,
  )
}

function summarise(metrics: ReturnType<typeof measureClassification> | null) {
  if (!metrics) return null
  const { images, accuracy, balancedAccuracy, auroc, ece, loss, accuracyInterval } = metrics
  return { images, accuracy, balancedAccuracy, auroc, ece, loss, accuracyInterval }
}
