import { mkdirSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  familyOf,
  type InstanceTally,
  instancePrecision,
  poolTallies,
  type SegmentationScore,
  scoreSegmenter,
} from '@vesalius/engine'
import { BUDGET_OPTIONS, isSameBudget, readBudget } from '../lib/budget.ts'
import { keepResult } from '../lib/keep-result.ts'
import { readRuns } from '../lib/read-runs.ts'
import { type MarkedSet, trainingItems } from '../lib/sets/marked-set.ts'
import { drive, type MaskedImage, nuclei } from '../lib/sets/masks.ts'

/**
 * How well does a model outline vessels or cells after a few minutes on this machine?
 *   node bench/engine-accuracy/segmentation.bench.ts --data drive|nuclei --minutes 10|--core-minutes 20 --seeds 1,2 [--score test|none]
 * Trains on the training part in this process, as the server's child does, and scores on the test part: drive inside the
 * field of view. A run that is killed goes on from its checkpoint; one that is in the results is not made again.
 * Recipes are chosen with `--score none` (the engine's own held-out images), never on `test`.
 */

const { values: args } = parseArgs({
  options: {
    data: { type: 'string', default: 'drive' },
    ...BUDGET_OPTIONS,
    seeds: { type: 'string', default: '1' },
    score: { type: 'string', default: 'test' },
  },
})
const work = join(tmpdir(), 'vesalius-segmentation-bench')

const SETS: Record<string, { set: MarkedSet<MaskedImage>; published: Record<string, unknown> }> = {
  drive: { set: drive, published: { 'W-Net': { dice: 0.828, auroc: 0.981 }, 'second human': { dice: 0.79 } } },
  nuclei: { set: nuclei, published: { 'StarDist, fluorescence only': { ap50: 0.864 } } },
}
const chosen = SETS[args.data]
if (!chosen) throw new Error(`unknown data "${args.data}"; there are: ${Object.keys(SETS).join(', ')}`)
const { set, published } = chosen

interface BenchRun {
  /** Of the wall's clock, or of all cores together; the other is null. */
  minutes: number | null
  coreMinutes?: number | null
  seed: number
  epochs: number
  /** On the budget's clock; then as a person waits, and as the processor works. */
  seconds: number
  wallSeconds?: number
  cpuSeconds: number
  heldOut: unknown
  test: Score | null
}

/** How many instances are found: all counted alike (as StarDist's code does), and all images counted alike (Data Science Bowl). */
interface Precision {
  images: number
  instances: number
  pooled: number | null
  meanOverImages: number | null
}

type Score = Omit<SegmentationScore, 'matches'> & { ap50ByKind?: Record<string, Precision> }

const resultName = `segmentation-${args.data}`
const runs = readRuns<BenchRun>(resultName)
const { request, name, budget } = readBudget(args, 10)
mkdirSync(join(work, args.data), { recursive: true })
const training = await set.images('train', join(work, args.data))
const test = args.score === 'test' ? await set.images('test', join(work, args.data)) : null
for (const seed of args.seeds.split(',').map(Number)) {
  if (runs.some((run) => isSameBudget(run, budget) && run.seed === seed)) continue
  const run = await trainAndScore(set, seed)
  console.log(JSON.stringify(run))
  if (!test) continue
  runs.push(run)
  const machine = `${cpus().length} × ${cpus()[0]?.model}`
  const data = { training: training.length, test: test.length }
  keepResult(resultName, { machine, data, published, runs })
}

async function score(modelFile: string, images: MaskedImage[]): Promise<Score> {
  const { matches, ...figures } = await scoreSegmenter(modelFile, images)
  if (matches.length === 0) return figures
  const kinds = [...new Set(images.map(({ kind }) => kind ?? 'all'))]
  const of = (kind: string) => matches.filter((_, at) => kind === 'all' || images[at]?.kind === kind)
  const ap50ByKind = Object.fromEntries(['all', ...kinds].map((kind) => [kind, precisionOf(of(kind))]))
  return { ...figures, ap50ByKind }
}

function precisionOf(tallies: InstanceTally[]): Precision {
  const own = tallies.map((tally) => instancePrecision(tally, 0.5)).filter((value) => value !== null)
  const pool = poolTallies(tallies)
  const meanOverImages = own.length > 0 ? own.reduce((sum, value) => sum + value, 0) / own.length : null
  return { images: tallies.length, instances: pool.marked, pooled: instancePrecision(pool, 0.5), meanOverImages }
}

async function trainAndScore({ taskType, classes }: MarkedSet, seed: number): Promise<BenchRun> {
  const directory = join(work, `${args.data}-${name}-${seed}`)
  mkdirSync(directory, { recursive: true })
  const before = process.cpuUsage()
  const started = performance.now()
  const { epochs, seconds, metrics, modelFile, skipped } = await familyOf(taskType).train(
    {
      taskType,
      classes,
      items: trainingItems(training),
      backbone: 'compact',
      imageSize: null,
      seed,
      ...request,
      warmStartModel: null,
      directory,
    },
    (update) => {
      if (update.kind === 'epoch') console.error(JSON.stringify(update.point))
    },
  )
  if (skipped.length > 0) throw new Error(`left out: ${JSON.stringify(skipped)}`)
  const { user, system } = process.cpuUsage(before)
  const cpuSeconds = (user + system) / 1e6
  const wallSeconds = (performance.now() - started) / 1000
  return {
    ...{ ...budget, seed, epochs, seconds, wallSeconds, cpuSeconds },
    heldOut: metrics,
    test: test && (await score(modelFile, test)),
  }
}
