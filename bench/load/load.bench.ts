/**
 * Do people notice when processes die or are replaced? Two api and two worker processes (`--each 1`: one of each),
 * PostgreSQL and nginx on this machine, people who upload, label and look, and meanwhile one process after the other is
 * killed or stopped and started. Each request may be repeated once. With neither kills nor rolls the load lasts `--seconds`.
 * `.ci/with-postgres npm run bench -- load [--each 2] [--kills 12] [--rolls 12] [--people 6] [--seconds 60]`
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chosenClass, type Image, readClassAnswer, writeClassAnswer } from '@vesalius/contracts'
import { CELL_KINDS, drawCellPhantom } from '@vesalius/imaging'
import { SILENT_SECONDS } from '@vesalius/server/process-registry'
import { type RunningProcess, runProcess } from '@vesalius/server/testing/run-process'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { examine, mend } from '../lib/examine.ts'
import { keepResult } from '../lib/keep-result.ts'
import { quantile } from '../lib/statistics.ts'

const text = (value: string) => ({ type: 'string', default: value }) as const
const { values } = parseArgs({
  options: {
    ...{ each: text('2'), kills: text('12'), rolls: text('12'), people: text('6'), seconds: text('60') },
    port: text('4740'),
    ...{ train: { type: 'boolean', default: true }, keep: { type: 'boolean', default: false } },
  },
})
const server = process.env.VESALIUS_TEST_DATABASE_URL
if (!server) throw new Error('Run it with .ci/with-postgres in front: it needs a PostgreSQL server.')
const [each, kills, rolls] = [Number(values.each), Number(values.kills), Number(values.rolls)]
const [people, port, leastSeconds] = [Number(values.people), Number(values.port), Number(values.seconds)]
const PATIENCE_MS = 120_000
const PAUSE_MS = 700
/** How often it is asked which images still wait for the model. */
const WATCH_MS = 400
const classes = [...CELL_KINDS]
const folder = mkdtempSync(join(tmpdir(), 'vesalius-load-'))
const environmentOf = (place: number): Record<string, string> => ({
  VESALIUS_DATABASE_URL: server,
  VESALIUS_DATA_DIR: join(folder, 'data'),
  VESALIUS_ROLE: place < each ? 'api' : 'worker',
  VESALIUS_PORT: String(port + 1 + place),
  VESALIUS_DATABASE_POOL: '6',
  VESALIUS_TRUSTED_PROXIES: '127.0.0.1',
})

const running: RunningProcess[] = await Promise.all(
  Array.from({ length: 2 * each }, (_, place) => runProcess(environmentOf(place))),
)
const nginx = startNginx()
// A bench that throws must not leave processes behind.
process.on('exit', () => {
  for (const one of running) one.kill('SIGKILL')
  nginx.kill('SIGKILL')
})
const url = `http://127.0.0.1:${port}`
await until(() => fetch(url).then(() => true))
const client = new Client(url)
await client.register('load')
const project = await client.createProject('load', 1003, classes)
await client.json('PUT', `/projects/${project.id}/algorithm`, { trainingInterval: null })
if (values.train) await trainOnce()

/** Image id → class index that was acknowledged last; −1: the answer did not come, so either is right. */
const acknowledged = new Map<string, number>()
/** Uploaded images without a look of the model yet → when their upload was answered. */
const waiting = new Map<string, number>()
const took: Record<string, number[]> = { upload: [], label: [], list: [], normal: [] }
let [requests, repeated, failed] = [0, 0, 0]
const failures: string[] = []
let isOver = false
const startedAt = Date.now()
const load = [...Array.from({ length: people }, (_, person) => work(person)), watch()]
const chaos: string[] = []
for (let at = 0; at < kills + rolls; at += 1) {
  await disturb(at < 2 * Math.min(kills, rolls) ? at % 2 === 0 : kills > rolls)
}
while (chaos.length === 0 && Date.now() - startedAt < 1000 * leastSeconds) await sleep(250)
isOver = true
await Promise.all(load)
const seconds = (Date.now() - startedAt) / 1000

const isQuiet = async () =>
  (await client.images(project.id)).every((image) => image.state !== 'TO_LABEL' || image.problem)
await until(isQuiet).catch(() => {})
const images = new Map((await client.images(project.id)).map((image) => [image.id as string, image]))
const memory = running.map((one) => memoryOf(one))
for (const one of running) one.kill('SIGTERM')
const exits = await Promise.all(running.map((one) => one.exited))
nginx.kill('SIGTERM')
// Files of uploads that a kill cut off go an hour later, or now: all of them were noted, so none is lost property.
if (kills > 0) await sleep(1000 * (SILENT_SECONDS + 1))
const { settledNotes, filesMovedToLost } = mend(environmentOf(0))
const isHealthy = examine(environmentOf(0)) && filesMovedToLost.length === 0
const result = {
  ...{ each, kills, rolls, people, seconds: Math.round(seconds), requests, perSecond: Math.round(requests / seconds) },
  ...{ repeatedOnce: repeated, failedAfterARepeat: failed, acknowledgedImages: acknowledged.size },
  missingImages: [...acknowledged.keys()].filter((id) => !images.has(id)).length,
  lostLabels: [...acknowledged].filter(([id, value]) => value >= 0 && images.get(id)?.labelValue !== value).length,
  stuck: [...images.values()].filter((image) => image.state === 'TO_LABEL' && !image.problem).length,
  withProblem: [...images.values()].filter((image) => image.problem).length,
  uploadsCutOff: settledNotes,
  doctorHealthy: isHealthy,
  stoppedInOrder: exits.filter((code) => code === 0).length,
  p95Ms: Object.fromEntries(Object.entries(took).map(([name, all]) => [name, Math.round(quantile(all, 0.95))])),
  memoryMiB: { api: memory.slice(0, each), worker: memory.slice(each) },
}
console.log(JSON.stringify(result, null, 1))
for (const line of failures.slice(0, 10)) console.log(line)
if (values.keep) keepResult(`load-${each}-${kills + rolls === 0 ? 'calm' : 'chaos'}`, result)
rmSync(folder, { recursive: true, force: true })
const isGood = failed + result.missingImages + result.lostLabels + result.stuck === 0 && isHealthy
process.exit(isGood ? 0 : 1)

/** One person: mostly looks, sometimes labels what is theirs, sometimes uploads. */
async function work(person: number): Promise<void> {
  const own: string[] = []
  let step = 0
  while (!isOver) {
    const kind = own.length < 3 || step % 5 === 0 ? 'upload' : step % 2 === 0 ? 'label' : 'list'
    step += 1
    const seed = person * 100_000 + step
    if (kind === 'upload') {
      const bytes = await drawPicture(seed)
      const items = await timed(kind, () => client.upload(project, [{ name: `${seed}.png`, bytes }]))
      for (const item of items ?? []) {
        if (!('image' in item)) continue
        own.push(item.image.id)
        acknowledged.set(item.image.id, -1)
        waiting.set(item.image.id, performance.now())
      }
    } else if (kind === 'label') {
      const id = own[step % own.length] as string
      waiting.delete(id)
      const value = step % classes.length
      const data = writeClassAnswer(1003, classes, chosenClass(classes.length, value))
      acknowledged.set(id, -1)
      const label = await timed(kind, () =>
        client.json<{ data: unknown }>('PUT', `/images/${id}/label`, { type: 1003, data }),
      )
      if (label && readClassAnswer(label.data as never)) acknowledged.set(id, value)
    } else await timed(kind, () => client.json<{ items: Image[] }>('GET', `/projects/${project.id}/images?limit=50`))
    await sleep(20)
  }
}

/** Notes how long images wait for the model's answer after their upload. Its own requests count nowhere. */
async function watch(): Promise<void> {
  while (!isOver) {
    await sleep(WATCH_MS)
    const asked = performance.now()
    const path = `/projects/${project.id}/images?state=TO_LABEL&limit=500`
    const page = await client.json<{ items: Image[]; nextCursor: string | null }>('GET', path).catch(() => null)
    if (!page || page.nextCursor !== null) continue
    const left = new Set<string>(page.items.map((image) => image.id))
    for (const [id, since] of waiting) {
      if (left.has(id) || since > asked) continue
      waiting.delete(id)
      took.normal?.push(asked - since)
    }
  }
}

/** Asks, and once more where no answer came. */
async function timed<Answer>(kind: string, ask: () => Promise<Answer>): Promise<Answer | null> {
  requests += 1
  const start = performance.now()
  try {
    return await ask().catch(async () => {
      repeated += 1
      await sleep(PAUSE_MS)
      return ask()
    })
  } catch (error) {
    failed += 1
    failures.push(`${kind}: ${error instanceof Error ? `${error.message} ${error.cause ?? ''}` : error}`)
    return null
  } finally {
    took[kind]?.push(performance.now() - start)
  }
}

async function disturb(isKill: boolean): Promise<void> {
  const place = Math.floor(Math.random() * running.length)
  const target = running[place] as RunningProcess
  target.kill(isKill ? 'SIGKILL' : 'SIGTERM')
  await target.exited
  running[place] = await runProcess(environmentOf(place))
  chaos.push(`${isKill ? 'kill' : 'roll'} ${place < each ? 'api' : 'worker'}`)
  process.stdout.write(
    `${chaos.length}: ${chaos.at(-1)}, ${requests} requests, ${repeated} repeated, ${failed} failed\n`,
  )
  await sleep(PAUSE_MS)
}

/** So that uploads have a model to look at them. */
async function trainOnce(): Promise<void> {
  const files = await Promise.all(
    Array.from({ length: 24 }, async (_, seed) => ({
      name: `first-${seed}.png`,
      bytes: await drawPicture(seed, CELL_KINDS[seed % classes.length] as (typeof CELL_KINDS)[number]),
      value: seed % classes.length,
    })),
  )
  await client.upload(project, files)
  const run = await client.waitForRun((await client.train(project.id, 0.1)).id, PATIENCE_MS).catch(() => null)
  process.stdout.write(`the first model: ${run?.state ?? 'did not come in time'}\n`)
}

async function drawPicture(
  seed: number,
  kind: (typeof CELL_KINDS)[number] = CELL_KINDS[seed % CELL_KINDS.length] as never,
) {
  const { width, height, rgba } = drawCellPhantom({ seed, kind, size: 64 })
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
}

function startNginx(): ChildProcess {
  const from = fileURLToPath(new URL('../../deploy/nginx/', import.meta.url))
  const filled = readFileSync(join(from, 'nginx.conf'), 'utf8')
    .replaceAll('api-1:8080', `127.0.0.1:${port + 1}`)
    .replaceAll(each === 1 ? / +server api-2:8080.*\n/g : /api-2:8080/g, each === 1 ? '' : `127.0.0.1:${port + 2}`)
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replaceAll('/tmp/nginx', `${folder}/nginx`)
    .replace('/dev/stdout', join(folder, 'access.log'))
  writeFileSync(join(folder, 'nginx.conf'), `daemon off;\nuser root;\n${filled}`)
  copyFileSync(join(from, 'vesalius.conf'), join(folder, 'vesalius.conf'))
  copyFileSync('/etc/nginx/mime.types', join(folder, 'mime.types'))
  return spawn('/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
}

function memoryOf({ pid }: RunningProcess): number {
  const [, kibi = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kibi) / 1024)
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    if (await isSo().catch(() => false)) return
    if (Date.now() > end) throw new Error('it did not come about in time')
    await sleep(250)
  }
}
