/**
 * How many annotations does each way of choosing the next image need to reach what random choice reaches? A simulation:
 * the labels are known, a small net on frozen features is trained anew after every batch. Goes on where it was stopped.
 * `npm run bench -- active-learning [--sets bccd,nuclei,rbc12] [--seeds 5] [--minutes 40]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SELECTION_STRATEGIES, type SelectionStrategy } from '@vesalius/contracts'
import { type Candidate, divergenceOf, rankImages } from '@vesalius/engine'
import { keepResult } from '../lib/keep-result.ts'
import { readRuns } from '../lib/read-runs.ts'
import { drawChoice } from './draw-choice.ts'
import { createGenerator } from './generator.ts'
import { Learner } from './learner.ts'
import { type Pool, type PoolImage, readPool } from './pool.ts'
import { sumUp } from './sum-up.ts'

export interface ChoiceRun {
  set: string
  strategy: SelectionStrategy
  seed: number
  /** Annotated images, and the score after each round. */
  images: number[]
  scores: number[]
}

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: 'bccd,nuclei,rbc12' },
    seeds: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '40' },
  },
})
const until = performance.now() + Number(values.minutes) * 60_000
const runs = readRuns<ChoiceRun>('active-learning')
const folder = mkdtempSync(join(tmpdir(), 'active-learning-'))
try {
  for (const set of values.sets.split(',')) await runSet(set)
} finally {
  rmSync(folder, { recursive: true })
}
const summary = sumUp(runs)
for (const line of summary) {
  console.log(
    `${line.set} ${line.strategy}: target ${line.target.toFixed(3)} after ${line.images?.toFixed(0) ?? 'more than all'} images, ` +
      `random ${line.randomImages.toFixed(0)}; area under the curve ${line.area.toFixed(3)} (random ${line.randomArea.toFixed(3)}, ` +
      `better in ${line.wins} of ${line.seeds} seeds)`,
  )
}
keepResult('active-learning', { summary, runs })
drawChoice(runs)

async function runSet(set: string): Promise<void> {
  const isKnown = (strategy: SelectionStrategy, seed: number) =>
    runs.some((run) => run.set === set && run.strategy === strategy && run.seed === seed)
  const open = Array.from({ length: Number(values.seeds) }, (_, seed) => seed + 1).flatMap((seed) =>
    SELECTION_STRATEGIES.filter((strategy) => !isKnown(strategy, seed)).map((strategy) => ({ strategy, seed })),
  )
  if (open.length === 0) return
  const pool = await readPool(set, folder)
  const learner = new Learner(
    pool.train.flatMap(({ rows }) => rows.slice(0, 8)),
    pool.classCount,
  )
  const look = (image: PoolImage): PoolImage => ({ ...image, rows: image.rows.map((row) => learner.look(row)) })
  const seen = { ...pool, train: pool.train.map(look), test: pool.test.map(look) }
  for (const { strategy, seed } of open) {
    if (performance.now() > until) return console.log(`${set}: out of time, run it again to go on`)
    const started = performance.now()
    const run = { set, strategy, seed, ...simulate(seen, learner, { strategy, seed }) }
    runs.push(run)
    keepResult('active-learning', { summary: sumUp(runs), runs })
    console.log(
      `${set} ${strategy} ${seed}: ${run.scores.at(-1)?.toFixed(3)} in ${((performance.now() - started) / 1000).toFixed(0)} s`,
    )
  }
}

/** Every strategy of a seed begins with the same images, drawn at random. */
function simulate(
  pool: Pool,
  learner: Learner,
  { strategy, seed }: { strategy: SelectionStrategy; seed: number },
): Pick<ChoiceRun, 'images' | 'scores'> {
  const random = createGenerator(seed)
  const open = pool.train.map((image) => ({ image, key: random() })).sort((a, b) => a.key - b.key)
  const images = open.map(({ image }) => image)
  let annotated = images.splice(0, pool.start)
  const result: Pick<ChoiceRun, 'images' | 'scores'> = { images: [], scores: [] }
  for (let round = 0; ; round += 1) {
    const before = round > 0 && strategy === 'disagreement' ? answerAll(learner, images) : null
    learner.learn(annotated)
    result.images.push(annotated.length)
    result.scores.push(learner.score(pool.test))
    if (round === pool.rounds || images.length < pool.step) return result
    const order = choose(strategy, learner, { images, annotated, before, seed: seed * 1000 + round })
    const chosen = new Set(order.slice(0, pool.step))
    annotated = [...annotated, ...images.filter((_, place) => chosen.has(place))]
    for (const place of [...chosen].sort((a, b) => b - a)) images.splice(place, 1)
  }
}

/** `before`: what the learner said of the same images before its last training: the two versions that disagree. */
function choose(
  strategy: SelectionStrategy,
  learner: Learner,
  given: { images: PoolImage[]; annotated: PoolImage[]; before: number[][][] | null; seed: number },
): number[] {
  const { images, annotated, before, seed } = given
  const asks = strategy !== 'random' && strategy !== 'diversity'
  const answers = asks ? answerAll(learner, images) : null
  const candidates = images.map(({ description }, place): Candidate => {
    const rows = answers?.[place] ?? []
    const earlier = before?.[place]
    return {
      // As the server counts it: 1 − the score of the answer.
      uncertainty: answers ? meanOf(rows.map((row) => 1 - Math.max(...row))) : null,
      disagreement: earlier ? meanOf(rows.map((row, index) => divergenceOf(row, earlier[index]!))) : null,
      features: description,
    }
  })
  return rankImages(strategy, candidates, { known: annotated.map(({ description }) => description), seed })
}

function answerAll(learner: Learner, images: readonly PoolImage[]): number[][][] {
  return images.map(({ rows }) => rows.map((row) => learner.answer(row)))
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
