import { mkdirSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { DetectionMetrics } from '@vesalius/contracts'
import { familyOf, measureDetection, openPredictor, readDetectorThresholds } from '@vesalius/engine'
import { BUDGET_OPTIONS, isSameBudget, readBudget } from '../lib/budget.ts'
import { keepResult } from '../lib/keep-result.ts'
import { readRuns } from '../lib/read-runs.ts'
import { bccd } from '../lib/sets/bccd.ts'
import { trainingItems } from '../lib/sets/marked-set.ts'
import { quantile } from '../lib/statistics.ts'

/**
 * How well does a model find blood cells after a few minutes on this machine?
 *   node bench/engine-accuracy/detection.bench.ts --minutes 30|--core-minutes 60 --seeds 1,2 [--score test|val|none]
 * Trains in this process, as the server's child does, on BCCD's `train` and scores on `test` with COCO's figures. A run
 * that is killed goes on from its checkpoint; one that is in the results is not made again. Recipes are chosen with
 * `--score val` or `none` (the engine's own held-out images), never on `test`; only `test` is kept in the results.
 */

const { classes: CLASSES, taskType } = bccd
const RESULT = 'detection-bccd'
const PUBLISHED = { 'YOLOv8n, pre-trained, on a GPU': { map50: 0.924 } }

const { values: args } = parseArgs({
  options: {
    ...BUDGET_OPTIONS,
    seeds: { type: 'string', default: '1' },
    score: { type: 'string', default: 'test' },
  },
})
const work = join(tmpdir(), 'vesalius-detection-bench')
mkdirSync(join(work, 'labels'), { recursive: true })

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
  heldOut: DetectionMetrics | null
  scored: DetectionMetrics | null
  /** For one image, decoding included. */
  latencyMs: { p50: number; p95: number } | null
}

const { request, name, budget } = readBudget(args, 30)
const training = await bccd.images('train', join(work, 'labels'))
const scored =
  args.score === 'none' ? [] : await bccd.images(args.score === 'val' ? 'val' : 'test', join(work, 'labels'))
const runs = readRuns<BenchRun>(RESULT)
for (const seed of args.seeds.split(',').map(Number)) {
  if (args.score === 'test' && runs.some((run) => isSameBudget(run, budget) && run.seed === seed)) continue
  const run = await trainAndScore(seed)
  console.log(JSON.stringify(run))
  if (args.score !== 'test') continue
  runs.push(run)
  const machine = `${cpus().length} × ${cpus()[0]?.model}`
  keepResult(RESULT, { machine, data: { training: training.length, test: scored.length }, published: PUBLISHED, runs })
}

async function trainAndScore(seed: number): Promise<BenchRun> {
  const directory = join(work, `${name}-${seed}`)
  mkdirSync(directory, { recursive: true })
  const before = process.cpuUsage()
  const started = performance.now()
  const { epochs, seconds, metrics, modelFile, skipped } = await familyOf(taskType).train(
    {
      taskType,
      classes: CLASSES,
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
  const heldOut = metrics?.kind === 'detection' ? metrics : null
  const wallSeconds = (performance.now() - started) / 1000
  const base = { ...budget, seed, epochs, seconds, wallSeconds, cpuSeconds: (user + system) / 1e6, heldOut }
  return { ...base, ...(scored.length > 0 ? await scoreModel(modelFile) : { scored: null, latencyMs: null }) }
}

async function scoreModel(modelFile: string): Promise<Pick<BenchRun, 'scored' | 'latencyMs'>> {
  const predictor = openPredictor({ threads: cpus().length })
  try {
    const latencies: number[] = []
    const images: Parameters<typeof measureDetection>[1][number][] = []
    for (const { file, boxes } of scored) {
      const [answer] = await predictor.predict(modelFile, [file])
      if (!answer || !('boxes' in answer)) throw new Error(`no boxes for ${file}`)
      latencies.push(answer.latencyMs)
      images.push({ truths: boxes, guesses: [...answer.boxes, ...answer.doubtful] })
    }
    // The first image pays for opening the model.
    const warm = latencies.slice(1)
    return {
      scored: measureDetection(CLASSES, images, readDetectorThresholds(modelFile)),
      latencyMs: { p50: quantile(warm, 0.5), p95: quantile(warm, 0.95) },
    }
  } finally {
    await predictor.close()
  }
}
