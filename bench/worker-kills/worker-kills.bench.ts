/**
 * Does a killed worker leave anything stuck or done twice? One api and two worker processes on PostgreSQL; images keep
 * coming and trainings run in several projects, while workers are killed (SIGKILL) at random moments, half of the time
 * both, and started again. At last every image must have been looked at or say why not, every training must have ended with a
 * model or a reason, and nothing may be there twice. Each go has a database of its own; kills are counted over all goes.
 * `.ci/with-postgres npm run bench -- worker-kills [--kills 200] [--each 20] [--minutes 5]`; it needs no data.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Image, Project, Run } from '@vesalius/contracts'
import { CELL_KINDS, drawCellPhantom } from '@vesalius/imaging'
import { type Database, openDatabase } from '@vesalius/server/database'
import { type RunningProcess, runProcess } from '@vesalius/server/testing/run-process'
import { sql } from 'kysely'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { examine } from '../lib/examine.ts'
import { keepResult } from '../lib/keep-result.ts'
import { readRuns } from '../lib/read-runs.ts'
import { findDoubled, findUnfinishedJobs } from './look-at-rows.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    each: { type: 'string', default: '20' },
    minutes: { type: 'string', default: '5' },
  },
})
const serverUrl = process.env.VESALIUS_TEST_DATABASE_URL
if (!serverUrl) throw new Error('Run it with .ci/with-postgres in front: it needs a PostgreSQL server.')

/** One go: what was killed, and what it left. */
interface Go {
  kills: number
  /** Kills while images waited for their first look, and while a training was under way. */
  whilePrelabelling: number
  whileTraining: number
  images: number
  withProblem: number
  trainings: Record<string, number>
  cutOffAndDone: number
  /** Why trainings failed, by code. */
  reasons: Record<string, number>
  stuckImages: number
  stuckTrainings: number
  withoutReason: number
  jobsOpen: Record<string, number>
  jobsGivenUp: Record<string, number>
  doubled: Record<string, number>
  doctorHealthy: boolean
  childrenLeft: number
  secondsToQuiet: number
}

const SIDE = 32
const PROJECTS = 3
const WORKERS = 2
const BUDGET_MINUTES = 0.1
/** Past this an image or a training counts as stuck: leases, heartbeats and all retries have long run out. */
const PATIENCE_MS = 240_000
const classes = CELL_KINDS.slice(0, 2)
const goes = readRuns<Go>('worker-kills')
const until = Date.now() + Number(values.minutes) * 60_000
const killed = () => goes.reduce((sum, { kills }) => sum + kills, 0)
while (killed() < Number(values.kills) && Date.now() < until) {
  const go = await play(Math.min(Number(values.each), Number(values.kills) - killed()))
  goes.push(go)
  console.log(JSON.stringify(go))
  keepResult('worker-kills', { summary: sumUp(), runs: goes })
}
const summary = sumUp()
console.log(JSON.stringify(summary, null, 1))
process.exit(
  summary.stuck + summary.doubled + summary.withoutReason + summary.childrenLeft > 0 || !summary.healthy ? 1 : 0,
)

async function play(kills: number): Promise<Go> {
  const folder = mkdtempSync(join(tmpdir(), 'vesalius-kills-'))
  const url = await emptyDatabase(`kills_${process.pid}_${goes.length}`)
  const environmentOf = (role: 'api' | 'worker') => ({
    ...{ VESALIUS_DATABASE_URL: url, VESALIUS_DATA_DIR: join(folder, 'data'), VESALIUS_ROLE: role },
    // A start after a kill is to take seconds on a machine that does other work as well.
    ...{ VESALIUS_DATABASE_POOL: '5', NODE_COMPILE_CACHE: join(tmpdir(), 'vesalius-kills-cache') },
  })
  const start = (role: 'api' | 'worker') => runProcess(environmentOf(role)).catch(() => runProcess(environmentOf(role)))
  const api = await start('api')
  const startWorker = () => start('worker')
  const workers = await Promise.all(Array.from({ length: WORKERS }, startWorker))
  const database = await openDatabase({ url, directory: folder })
  const client = new Client(api.ready)
  let isOver = false
  try {
    await client.register('owner')
    const projects = await Promise.all(Array.from({ length: PROJECTS }, (_, at) => prepareProject(client, at)))
    const work = projects.flatMap((project) => [
      keepTraining(client, project, () => isOver),
      keepUploading(client, project, () => isOver),
    ])
    const counts = { whilePrelabelling: 0, whileTraining: 0 }
    for (let at = 0; at < kills; ) {
      await sleep(200 + Math.random() * 2000)
      const { rows } = await sql<{ waiting: boolean; training: boolean }>`SELECT
          EXISTS (SELECT FROM jobs.job WHERE name = 'prelabel-image' AND state = 'active') AS waiting,
          EXISTS (SELECT FROM runs WHERE state = 'running' AND held_until > now() + interval '27 seconds') AS training
        `.execute(database.db)
      const places = Math.random() < 0.5 ? [0, 1] : [Math.floor(Math.random() * WORKERS)]
      const hit = places.slice(0, kills - at)
      await Promise.all(hit.map((place) => end(workers[place] as RunningProcess)))
      at += hit.length
      if (rows[0]?.waiting) counts.whilePrelabelling += hit.length
      if (rows[0]?.training) counts.whileTraining += hit.length
      await Promise.all(
        hit.map(async (place) => {
          workers[place] = await startWorker()
        }),
      )
      console.log(`kill ${killed() + at}`, JSON.stringify(counts))
    }
    isOver = true
    await Promise.all(work)
    const stopped = Date.now()
    const { images, runs } = await waitUntilQuiet(client, projects, database.db)
    const secondsToQuiet = Math.round((Date.now() - stopped) / 1000)
    const trainings: Record<string, number> = {}
    const reasons: Record<string, number> = {}
    for (const { state, error } of runs) {
      trainings[state] = (trainings[state] ?? 0) + 1
      if (state === 'failed' && error) reasons[error.code] = (reasons[error.code] ?? 0) + 1
    }
    const { rows: cutOff } = await sql`SELECT FROM runs WHERE state = 'succeeded' AND attempts > 1`.execute(database.db)
    const go = {
      ...{ kills, ...counts, images: images.length, trainings, reasons, secondsToQuiet, cutOffAndDone: cutOff.length },
      withProblem: images.filter(({ problem }) => problem).length,
      stuckImages: images.filter(isWaiting).length,
      stuckTrainings: runs.filter(isOpen).length,
      withoutReason: runs.filter(({ state, error }) => state === 'failed' && !error?.code).length,
      ...(await findUnfinishedJobs(database.db)),
      doubled: await findDoubled(database.db),
    }
    for (const each of [api, ...workers]) each.kill('SIGTERM')
    await Promise.all([api, ...workers].map(({ exited }) => exited))
    return { ...go, doctorHealthy: examine(environmentOf('api')), childrenLeft: countChildren(folder) }
  } finally {
    isOver = true
    for (const each of [api, ...workers]) each.kill('SIGKILL')
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function end(worker: RunningProcess): Promise<void> {
  worker.kill('SIGKILL')
  await worker.exited
}

async function emptyDatabase(name: string): Promise<string> {
  const main = await openDatabase({ url: serverUrl as string, directory: tmpdir() })
  await sql.raw(`CREATE DATABASE ${name}`).execute(main.db)
  await main.close()
  const url = new URL(serverUrl as string)
  url.pathname = `/${name}`
  return url.href
}

async function prepareProject(client: Client, at: number): Promise<Project> {
  const project = await client.createProject(`Project ${at}`, 1003, [...classes])
  const settings = { trainingInterval: null, imageSize: SIDE, budgetMinutes: BUDGET_MINUTES }
  await client.json('PUT', `/projects/${project.id}/algorithm`, settings)
  const files = Array.from({ length: 24 }, async (_, seed) => ({
    ...{ name: `${seed}.png`, bytes: await draw(seed), value: seed % classes.length },
  }))
  await client.upload(project, await Promise.all(files))
  return project
}

/** As soon as a training has ended the next one is asked for. */
async function keepTraining(client: Client, project: Project, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const run = await client.train(project.id, BUDGET_MINUTES).catch(() => null)
    while (run && !isOver() && isOpen(await client.json<Run>('GET', `/runs/${run.id}`))) await sleep(400)
    await sleep(200)
  }
}

/** Images come in bursts: while some wait for their first look no training begins. */
async function keepUploading(client: Client, project: Project, isOver: () => boolean): Promise<void> {
  for (let seed = 100; !isOver(); seed += 4) {
    const files = Array.from({ length: 4 }, async (_, at) => ({
      name: `${seed + at}.png`,
      bytes: await draw(seed + at),
    }))
    await client.upload(project, await Promise.all(files))
    await sleep(3000 + Math.random() * 12_000)
  }
}

/** Ends when nothing is left to do, or nothing has become less for long. */
async function waitUntilQuiet(
  client: Client,
  projects: readonly Project[],
  db: Database['db'],
): Promise<{ images: Image[]; runs: Run[] }> {
  let before = ''
  let end = 0
  for (;;) {
    const images = (await Promise.all(projects.map(({ id }) => client.images(id)))).flat()
    const lists = projects.map(({ id }) => client.json<{ items: Run[] }>('GET', `/projects/${id}/runs?limit=200`))
    const runs = (await Promise.all(lists)).flatMap(({ items }) => items)
    const { jobsOpen } = await findUnfinishedJobs(db)
    const left = [images.filter(isWaiting).length, runs.filter(isOpen).length, Object.values(jobsOpen)]
    const now = JSON.stringify([left, runs.map(({ progress }) => progress)])
    if (now !== before) end = Date.now() + PATIENCE_MS
    before = now
    if (Date.now() > end || left.flat().every((count) => count === 0)) return { images, runs }
    await sleep(1000)
  }
}

function isWaiting({ state, problem }: Image): boolean {
  return state === 'TO_LABEL' && !problem
}

function isOpen({ state }: Run): boolean {
  return state === 'pending' || state === 'running'
}

/** Processes whose program is ours and whose data folder is this one. */
function countChildren(folder: string): number {
  const environments = readdirSync('/proc').map((pid) => {
    try {
      return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/environ`, 'utf8') : ''
    } catch {
      return ''
    }
  })
  return environments.filter((text) => text.includes(folder)).length
}

async function draw(seed: number): Promise<Buffer> {
  const { width, height, rgba } = drawCellPhantom({ seed, kind: classes[seed % classes.length] as never, size: SIDE })
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
}

function sumUp() {
  const sum = (of: (go: Go) => number) => goes.reduce((total, go) => total + of(go), 0)
  const all = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0)
  return {
    kills: killed(),
    whilePrelabelling: sum((go) => go.whilePrelabelling),
    whileTraining: sum((go) => go.whileTraining),
    images: sum((go) => go.images),
    withProblem: sum((go) => go.withProblem),
    trainings: sum((go) => all(go.trainings)),
    succeeded: sum((go) => go.trainings.succeeded ?? 0),
    failed: sum((go) => go.trainings.failed ?? 0),
    cutOffAndDone: sum((go) => go.cutOffAndDone),
    stuck: sum((go) => go.stuckImages + go.stuckTrainings + all(go.jobsOpen)),
    withoutReason: sum((go) => go.withoutReason),
    doubled: sum((go) => all(go.doubled)),
    childrenLeft: sum((go) => go.childrenLeft),
    healthy: goes.every((go) => go.doctorHealthy),
    slowestToQuietSeconds: Math.max(0, ...goes.map((go) => go.secondsToQuiet)),
  }
}
