/**
 * Does a poisoned training ever get through the gate? A good model serves; then trainings are spoiled in five ways:
 * shuffled labels, NaN in the weights, a truncated file, a class missing, the process killed at random. Counts how many
 * were promoted, looks whether what is served changed by a byte, and times the way back after a bad promotion by hand.
 * `--weak`: a model that learned shuffled labels serves instead. What is promoted over that is asked about 400 fresh
 * images: being promoted is no failure there, being worse than what served is.
 * Goes on where it was stopped. `npm run bench -- poison [--weak] [--count 100] [--minutes 4]`; it needs no data.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ModelVersion, Run } from '@vesalius/contracts'
import { openPredictor, type TrainingOutcome, type TrainingRequest, trainInChild } from '@vesalius/engine'
import sharp from 'sharp'
import { prelabelHandler } from '../../server/src/features/predictions/predictions.service.ts'
import { trainModelHandler } from '../../server/src/features/training/train-model.job.ts'
import type { Trainer } from '../../server/src/features/training/trainer.ts'
import { openTestApp, signUp } from '../../server/src/testing/test-app.ts'
import { upload } from '../../server/src/testing/uploads.ts'
import { createGenerator } from '../active-learning/generator.ts'
import { keepResult } from '../lib/keep-result.ts'
import { readRuns } from '../lib/read-runs.ts'

const POISONS = ['shuffled', 'nan', 'truncated', 'missing-class', 'killed'] as const
type Poison = (typeof POISONS)[number]
interface PoisonRun {
  poison: Poison
  /** How the run ended, and what the gate or the failure said. */
  state: string
  reason: string
  isPromoted: boolean
  changedBytes: boolean
  rollbackMs: number
  /** Of what was promoted over a weak model: share of fresh images it is right about, and that of the weak model. */
  fresh?: { candidate: number; served: number }
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '4' },
    weak: { type: 'boolean', default: false },
  },
})
const until = performance.now() + Number(values.minutes) * 60_000
const name = values.weak ? 'poison-weak' : 'poison'
const runs = readRuns<PoisonRun>(name)
const SIDE = 24
const FRESH = 400
const random = createGenerator(11 + runs.length)
const trainer = new (class implements Trainer {
  poison: Poison | null = null
  /** Whether the kill came before the training had ended by itself. */
  wasKilled = false

  async train(request: TrainingRequest, options: Parameters<Trainer['train']>[1]): Promise<TrainingOutcome> {
    const spoiled = { ...request, items: spoilItems(request.items, this.poison) }
    if (this.poison !== 'killed') return spoilFile(await trainInChild(spoiled, options), this.poison)
    const training = trainInChild(spoiled, options)
    this.wasKilled = false
    const timer = setTimeout(() => {
      this.wasKilled = killTrainings()
    }, random() * 1800)
    return training.finally(() => clearTimeout(timer))
  }
})()
const predictor = openPredictor()
const test = await openTestApp({ predictor, trainers: { local: trainer } })
const signal = new AbortController().signal
try {
  const owner = await signUp(test.app, 'owner')
  const api = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
    test.app.inject({ method, url: `/api/v1${path}`, headers: owner, ...(payload ? { payload } : {}) })
  const classes = ['dark', 'bright']
  const projectId = (await api('POST', '/projects', { name: 'Discs', taskType: 1001, classes })).json().id as string
  await api('PUT', `/projects/${projectId}/algorithm`, { trainingInterval: null, imageSize: SIDE + 8 })
  for (let index = 0; index < 120; index += 1) {
    const value = index % 2
    const label = { type: 1001, data: { key: { '0': 'dark', '1': 'bright' }, value } }
    await upload(test.app, owner, projectId, [{ name: `${index}.png`, bytes: await draw(value), label }])
  }
  const freshFiles = await Promise.all(
    Array.from({ length: FRESH }, async (_, index) => {
      const file = join(test.dataDirectory, `fresh-${index}.png`)
      writeFileSync(file, await draw(index % 2))
      return file
    }),
  )
  const open: string[] = []
  for (let index = 0; index < 20; index += 1) {
    const { items } = await upload(test.app, owner, projectId, [{ name: 'open.png', bytes: await draw(index % 2) }])
    for (const item of items) if ('image' in item) open.push(item.image.id)
  }
  await test.context.db.updateTable('images').set({ state: 'NORMAL' }).execute()
  const train = async (budgetMinutes: number): Promise<Run> => {
    const started = await api('POST', `/projects/${projectId}/runs`, { budgetMinutes })
    if (started.statusCode !== 201) throw new Error(`no training began: ${started.body}`)
    await trainModelHandler(test.context)({ payload: { runId: '', projectId: '' } as never, signal, isLastTry: false })
    return (await api('GET', `/runs/${started.json().id}`)).json()
  }
  const guessAll = async () => {
    for (const imageId of open)
      await prelabelHandler(test.context)({ payload: { imageId } as never, signal, isLastTry: false })
  }
  const models = async (): Promise<ModelVersion[]> => (await api('GET', `/projects/${projectId}/models`)).json().items
  const { serving, right: servedRight } = values.weak ? await serveWeak() : await serveGood()
  console.log(`in service: model ${serving.number}, right about ${servedRight} of fresh images`)
  await guessAll()
  const served = hashLabels()
  while (runs.length < Number(values.count) && performance.now() < until) {
    trainer.poison = POISONS[runs.length % POISONS.length]!
    const run = await train(0.05)
    const made = (await models()).find(({ runId }) => runId === run.id)
    const isPromoted = made?.state === 'serving'
    const changedBytes = hashLabels() !== served
    // The training was over before the kill came: nothing was poisoned.
    const isSpared = trainer.poison === 'killed' && !trainer.wasKilled
    const fresh = isPromoted && made ? { candidate: await freshRight(made), served: servedRight } : undefined
    const rollbackMs = made ? await wayBack(made.id, isPromoted) : 0
    const reason = made?.gate?.reason ?? run.error?.code ?? ''
    const outcome = { state: run.state, reason, isPromoted, changedBytes, rollbackMs, ...(fresh ? { fresh } : {}) }
    if (!isSpared) runs.push({ poison: trainer.poison, ...outcome })
    const { score, againstScore, images } = made?.gate ?? {}
    console.log(`${trainer.poison}: ${run.state} ${reason} ${score} against ${againstScore} on ${images}`, fresh ?? '')
    keep()
  }

  /** Longer where the machine has other work to do. */
  async function serveGood() {
    for (const budgetMinutes of [0.15, 0.5, 1.5, 5]) {
      const good = await train(budgetMinutes)
      if (good.state !== 'succeeded') continue
      const model = (await models())[0]!
      const right = await freshRight(model)
      await api('POST', `/models/${model.id}/promote`)
      if (right >= 0.85) return { serving: model, right }
    }
    throw new Error('the good model is none: it needs a calmer machine')
  }

  async function serveWeak() {
    for (let seed = 1; seed <= 10; seed += 1) {
      await api('PUT', `/projects/${projectId}/algorithm`, { trainingInterval: null, imageSize: SIDE + 8, seed })
      trainer.poison = 'shuffled'
      await train(0.05)
      const model = (await models())[0]!
      const right = await freshRight(model)
      await api('POST', `/models/${model.id}/promote`)
      if (right <= 0.6) return { serving: model, right }
    }
    throw new Error('no training on shuffled labels was weak')
  }

  /** Share of images right that no training and no gate ever saw. */
  async function freshRight({ uri }: ModelVersion): Promise<number> {
    const answers = await predictor.predict(await test.context.storage.localFile(uri), freshFiles)
    const right = answers.filter((answer, at) => {
      const chances = 'probabilities' in answer ? answer.probabilities : []
      return ((chances[1] ?? 0) >= 0.5 ? 1 : 0) === at % 2
    })
    return right.length / answers.length
  }

  /** A person promotes the bad version and goes back. */
  async function wayBack(id: string, isPromoted: boolean): Promise<number> {
    if (!isPromoted) await api('POST', `/models/${id}/promote`)
    const started = performance.now()
    await api('POST', `/projects/${projectId}/rollback`)
    const project = (await api('GET', `/projects/${projectId}`)).json()
    if (project.servingModelId !== serving.id) throw new Error('the way back led elsewhere')
    return performance.now() - started
  }
} finally {
  await test.close()
  await predictor.close()
}
keep()
const summary = sumUp()
console.log(JSON.stringify(summary, null, 1))
if (summary.harmful > 0 || (!values.weak && (summary.promoted > 0 || summary.changed > 0))) process.exitCode = 1

function keep(): void {
  keepResult(name, { summary: sumUp(), runs })
}

function sumUp() {
  const reasons: Record<string, number> = {}
  for (const { poison, state, reason } of runs) {
    const key = `${poison}: ${state} ${reason}`
    reasons[key] = (reasons[key] ?? 0) + 1
  }
  return {
    retrains: runs.length,
    promoted: runs.filter(({ isPromoted }) => isPromoted).length,
    /** Promoted, and worse on fresh images than what served. */
    harmful: runs.filter(({ fresh }) => fresh && fresh.candidate < fresh.served).length,
    changed: runs.filter(({ changedBytes }) => changedBytes).length,
    slowestRollbackMs: Math.round(Math.max(0, ...runs.map(({ rollbackMs }) => rollbackMs))),
    reasons,
  }
}

/** Discs in noise: some of either class look like the other, so that there is room to be better and worse. */
async function draw(value: number): Promise<Buffer> {
  const shade = 90 + value * 60 + (random() - 0.5) * 70
  const data = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
    const isDisc = Math.hypot((at % SIDE) - SIDE / 2, Math.floor(at / SIDE) - SIDE / 2) < SIDE / 3
    return Math.min(255, Math.max(0, (isDisc ? shade : 120) + (random() - 0.5) * 80))
  })
  return sharp(data, { raw: { width: SIDE, height: SIDE, channels: 1 } })
    .png()
    .toBuffer()
}

function spoilItems(items: TrainingRequest['items'], poison: Poison | null): TrainingRequest['items'] {
  if (poison === 'shuffled') {
    const values = items.map((item) => ('value' in item ? item.value : 0))
    const keys = values.map(() => random())
    const shuffled = values.map((value, at) => ({ value, key: keys[at]! })).sort((a, b) => a.key - b.key)
    return items.map((item, at) => ({ ...item, value: shuffled[at]!.value }))
  }
  if (poison !== 'missing-class') return items
  let left = 2
  return items.filter((item) => !('value' in item) || item.value === 0 || left-- > 0)
}

/** Weights are stored as raw little-endian floats: from the middle of the file on a thousand of them become NaN. */
function spoilFile(outcome: TrainingOutcome, poison: Poison | null): TrainingOutcome {
  if (poison !== 'nan' && poison !== 'truncated') return outcome
  const bytes = readFileSync(outcome.modelFile)
  const spoiled = poison === 'truncated' ? bytes.subarray(0, Math.floor(bytes.length * random())) : bytes
  if (poison === 'nan') {
    const middle = Math.floor(bytes.length / 2)
    for (let at = 0; at < 1000; at += 1) bytes.writeFloatLE(Number.NaN, middle + at * 4)
  }
  writeFileSync(outcome.modelFile, spoiled)
  // Half of the time what was written is honestly reported, so that the hash alone does not tell.
  if (random() < 0.5) return outcome
  return { ...outcome, sha256: createHash('sha256').update(spoiled).digest('hex'), byteSize: spoiled.length }
}

/** Ends the training children of this process by their ids. Answers whether there were any. */
function killTrainings(): boolean {
  let isKilled = false
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(/\s+/)
  for (const child of children) {
    try {
      if (!readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('training-child')) continue
      process.kill(Number(child), 'SIGKILL')
      isKilled = true
    } catch {}
  }
  return isKilled
}

/** One hash over every label file that is served. */
function hashLabels(): string {
  const hash = createHash('sha256')
  const users = join(test.dataDirectory, 'users')
  const files = readdirSync(users, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.label'))
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(users, file)))
  return hash.digest('hex')
}
