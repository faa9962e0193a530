import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { SegmentationLabelData } from '@vesalius/contracts'
import { familyOf, openPredictor, type TrainingItem } from '@vesalius/engine'
import { dataFolder, readClassFolders } from '../lib/class-folders.ts'
import { keepResult } from '../lib/keep-result.ts'
import { readRuns } from '../lib/read-runs.ts'
import { type BoxedImage, bccd } from '../lib/sets/bccd.ts'
import { type MarkedImage, trainingItems } from '../lib/sets/marked-set.ts'
import { nuclei } from '../lib/sets/masks.ts'
import { countBoxEdits, countPixelEdits, type Edits } from './count-edits.ts'
import { drawCurves } from './draw-curves.ts'

/**
 * How much work does a model save after a person has corrected 5, 10, 20, 50, 100 images?
 *   node bench/curve/curve.bench.ts --data bccd,nuclei,rbc12 --minutes 2 --seed 1
 * Each training goes on from the model before it, as in the product; the guesses are for images of the test part. Work is
 * counted in boxes to draw, delete or give another class, pixels to repaint, classes to change. Draws the curves into the
 * documents. Goes on where it was ended.
 */

const SIZES = [5, 10, 20, 50, 100]
const SHOWN = 40
const RESULT = 'curve'

const { values: args } = parseArgs({
  options: {
    data: { type: 'string', default: 'bccd,nuclei,rbc12' },
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  },
})

export interface CurveRun {
  data: string
  images: number
  minutes: number
  seed: number
  /** Of this training alone. */
  seconds: number
  edits: number
  editsFromNothing: number
  /** Share of the edits that the guesses save; below 0 when they cost more than they save. */
  saved: number
}

type Answer = Awaited<ReturnType<ReturnType<typeof openPredictor>['predict']>>[number]

interface CurveSet {
  taskType: Parameters<typeof familyOf>[0]
  classes: string[]
  items: TrainingItem[]
  shown: { file: string; count(answer: Answer): Edits }[]
}

const work = join(tmpdir(), 'vesalius-curve-bench')
const [minutes, seed] = [Number(args.minutes), Number(args.seed)]
const runs = readRuns<CurveRun>(RESULT)
for (const data of args.data.split(',')) await measure(data)
drawCurves(runs)

async function measure(data: string): Promise<void> {
  const labels = join(work, data, 'labels')
  mkdirSync(labels, { recursive: true })
  const set = await openSet(data, labels)
  let model: string | null = null
  for (const images of SIZES) {
    const directory = join(work, data, `${minutes}-${seed}-${images}`)
    mkdirSync(directory, { recursive: true })
    const earlier = join(directory, 'model.onnx')
    if (existsSync(earlier) && runs.some((run) => isRun(run, data, images))) {
      model = earlier
      continue
    }
    const started = performance.now()
    const { modelFile } = await familyOf(set.taskType).train({
      taskType: set.taskType,
      classes: set.classes,
      items: set.items.slice(0, images),
      backbone: 'compact',
      imageSize: null,
      seed,
      budgetMinutes: minutes,
      warmStartModel: model,
      directory,
    })
    model = modelFile
    const seconds = Math.round((performance.now() - started) / 1000)
    const { guessed, fromNothing } = await countEdits(modelFile, set)
    const known = runs.findIndex((run) => isRun(run, data, images))
    const run = { data, images, minutes, seed, seconds, edits: guessed, editsFromNothing: fromNothing }
    const saved = Number((1 - guessed / fromNothing).toFixed(3))
    runs.splice(known < 0 ? runs.length : known, known < 0 ? 0 : 1, { ...run, saved })
    console.log(JSON.stringify(runs.at(known)))
    keepResult(RESULT, { machine: `${cpus().length} × ${cpus()[0]?.model}`, shown: SHOWN, runs })
  }
}

function isRun(run: CurveRun, data: string, images: number): boolean {
  return run.data === data && run.images === images && run.seed === seed && run.minutes === minutes
}

async function countEdits(modelFile: string, { shown }: CurveSet): Promise<Edits> {
  const predictor = openPredictor({ threads: cpus().length })
  const sum: Edits = { guessed: 0, fromNothing: 0 }
  try {
    for (const { file, count } of shown) {
      const [answer] = await predictor.predict(modelFile, [file])
      if (!answer) throw new Error(`no answer for ${file}`)
      const { guessed, fromNothing } = count(answer)
      sum.guessed += guessed
      sum.fromNothing += fromNothing
    }
    return sum
  } finally {
    await predictor.close()
  }
}

async function openSet(data: string, labels: string): Promise<CurveSet> {
  if (data === 'bccd') {
    const { taskType, classes } = bccd
    const shown = (await bccd.images('test', labels)).map(({ file, boxes }: BoxedImage) => ({
      file,
      count: (answer: Answer) => countBoxEdits(boxes, 'boxes' in answer ? answer.boxes : []),
    }))
    return { taskType, classes, items: mixed(trainingItems(await bccd.images('train', labels))), shown: some(shown) }
  }
  if (data === 'nuclei') {
    const { taskType, classes } = nuclei
    const shown = (await nuclei.images('test', labels)).map(({ file, labelFile }: MarkedImage) => ({
      file,
      count: (answer: Answer) => {
        const { masks, size } = JSON.parse(readFileSync(labelFile, 'utf8')) as SegmentationLabelData
        const guesses = 'masks' in answer ? answer.masks.map(({ rle }) => rle) : []
        return countPixelEdits(
          masks.map(({ rle }) => rle),
          guesses,
          size,
        )
      },
    }))
    return { taskType, classes, items: mixed(trainingItems(await nuclei.images('train', labels))), shown: some(shown) }
  }
  const { classes, files } = readClassFolders(join(dataFolder, data, 'train'))
  const test = readClassFolders(join(dataFolder, data, 'test'), classes)
  const shown = test.files.map(({ file, value }) => ({
    file,
    count: (answer: Answer) => {
      const probabilities = 'probabilities' in answer ? answer.probabilities : []
      return { guessed: probabilities.indexOf(Math.max(...probabilities)) === value ? 0 : 1, fromNothing: 1 }
    },
  }))
  const items = files.map(({ name, file, value }) => ({ imageId: name, file, value, group: name }))
  return { taskType: 1003, classes, items: mixed(items), shown: some(shown, 5 * SHOWN) }
}

/** Some of them, evenly from all. */
function some<Item>(items: readonly Item[], count = SHOWN): Item[] {
  return items.filter(
    (_, at) => Math.floor((at * count) / items.length) !== Math.floor(((at - 1) * count) / items.length),
  )
}

/** In an order that is the same each time and has nothing to do with names. */
function mixed<Item>(items: readonly Item[]): Item[] {
  let state = seed
  const keyed = items.map((item) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return { item, key: state }
  })
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
}
