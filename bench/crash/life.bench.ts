/**
 * Does a kill lose anything of a file's life? Kills the whole process with SIGKILL at random moments under a load of
 * uploads, imports, renames, labels, deletes, restores and purges, starts it again each time, and at last asks the
 * images and `vesalius doctor`. `npm run bench -- life [--kills 200] [--folder DIR]`
 *
 * With --folder the data and what was acknowledged stay there: called again it goes on, so that many kills can be run
 * in several goes.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chosenClass, type Image, type Import, type Project, writeClassAnswer } from '@vesalius/contracts'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, type ServerProcess, startServer } from '../lib/server-process.ts'
import { zipOf } from '../lib/zip-of.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    folder: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})

/** What the server said last about an image; a change without an answer may or may not have happened. */
interface Known {
  name: string | null
  label: number | null
  state: 'there' | 'bin' | 'purged' | 'open'
}
interface Progress {
  kills: number
  acknowledged: number
  cookie: string
  project: Project
  images: Record<string, Known>
  imports: string[]
}

const FIRST_CHANGE_MS = 30_000
/** Uploads, an import and changes side by side. */
const MOST_WORKERS = 4
const classes = ['a', 'b', 'c']
const folder = values.folder ? resolve(values.folder) : null
const progressFile = folder ? join(folder, 'progress.json') : null
if (folder) mkdirSync(folder, { recursive: true })
let server = await startServer(folder ? { dataDirectory: join(folder, 'data') } : {})
const { dataDirectory } = server
const progress = await begin()
let client = new Client(server.url, progress.cookie)
const known = new Map(Object.entries(progress.images))
let stopped = false
/** The first thing that went wrong in a round before its kill. */
let trouble: string | null = null
let isKilling = false
/** Images in somebody's hands: each worker changes its own, so that the last answer about one is known. */
const held = new Set<string>()

for (let round = 0; round < Number(values.kills); round += 1) {
  stopped = false
  trouble = null
  const load = [uploadSome(), uploadSome(), importSome(), ...Array.from({ length: 4 }, () => changeSome())]
  await firstChange()
  await new Promise((done) => setTimeout(done, Math.random() * 4000))
  isKilling = true
  await server.kill()
  stopped = true
  await Promise.allSettled(load)
  isKilling = false
  held.clear()
  progress.kills += 1
  // Before the start: a bench that is stopped there must not forget what was acknowledged.
  save()
  server = await startAgain()
  client = client.at(server.url)
  const cut = trouble ? `; before the kill: ${trouble}` : ''
  process.stdout.write(
    `kill ${progress.kills}: ${progress.acknowledged} changes acknowledged, ${known.size} images${cut}\n`,
  )
}

const imports = await waitForImports()
const lost = await findLost()
await server.stop()
const doctor = askDoctor()
const result = {
  kills: progress.kills,
  acknowledgedChanges: progress.acknowledged,
  images: known.size,
  imports: imports.length,
  importsUnfinished: imports.filter((each) => each.finishedAt === null).length,
  importedTwiceOrLost: imports.filter((each) => each.state === 'succeeded' && each.stored !== each.total).length,
  lostChanges: lost.length,
  doctorHealthy: doctor.healthy,
  doctorFindings: doctor.findings,
}
console.log(JSON.stringify({ ...result, lost: lost.slice(0, 10) }, null, 2))
if (values.keep) keepResult('life', result)
if (!folder) await removeData(server)
const isFine = lost.length === 0 && doctor.healthy && result.importsUnfinished + result.importedTwiceOrLost === 0
process.exit(isFine ? 0 : 1)

/** Others may hold the whole machine for minutes. */
async function startAgain(): Promise<ServerProcess> {
  for (let left = 3; ; left -= 1) {
    try {
      return await startServer({ dataDirectory })
    } catch (error) {
      if (left === 0) throw error
    }
  }
}

/** A busy machine answers late: a kill before anything was acknowledged would prove nothing. */
async function firstChange(): Promise<void> {
  const before = progress.acknowledged
  const end = Date.now() + FIRST_CHANGE_MS
  while (progress.acknowledged < before + MOST_WORKERS && Date.now() < end)
    await new Promise((done) => setTimeout(done, 10))
}

async function begin(): Promise<Progress> {
  if (progressFile && existsSync(progressFile)) return JSON.parse(readFileSync(progressFile, 'utf8')) as Progress
  const first = new Client(server.url)
  await first.register('life')
  const project = await first.createProject('life', 1003, classes)
  return { kills: 0, acknowledged: 0, cookie: first.cookie, project, images: {}, imports: [] }
}

function save(): void {
  progress.images = Object.fromEntries(known)
  if (progressFile) writeFileSync(progressFile, JSON.stringify(progress))
}

async function uploadSome(): Promise<void> {
  while (!stopped) {
    const files = await Promise.all(
      [1, 2].map(async () => ({ name: `${randomName()}.png`, bytes: await drawPicture() })),
    )
    const items = await client.upload(progress.project, files).catch((error) => note(error, []))
    if (items.length === 0) return
    for (const item of items) {
      if (!('image' in item)) throw new Error(`a picture was refused: ${JSON.stringify(item)}`)
      known.set(item.image.id, { name: item.image.name, label: null, state: 'there' })
      progress.acknowledged += 1
    }
  }
}

function note<Answer>(error: unknown, answer: Answer): Answer {
  const { message, cause } = error as Error
  if (!stopped && !isKilling) trouble ??= `${message} ${(cause as Error | undefined)?.message ?? ''}`.trim()
  return answer
}

/** One archive a round: what it accepted has to become images, each once, however often the process dies. */
async function importSome(): Promise<void> {
  const files = await Promise.all(
    Array.from({ length: 30 }, async (_, at) => ({ path: `${at}.png`, bytes: await drawPicture() })),
  )
  const form = new FormData()
  form.append('file', new Blob([await zipOf(files)]), 'scans.zip')
  const response = await client.sendForm(`/projects/${progress.project.id}/imports`, form).catch(() => null)
  if (response?.status !== 202) return
  progress.imports.push(((await response.json()) as Import).id)
  progress.acknowledged += 1
}

async function changeSome(): Promise<void> {
  while (!stopped) {
    const ids = [...known.keys()].slice(-400).filter((id) => !held.has(id))
    const id = ids[Math.floor(Math.random() * ids.length)]
    const now = id ? known.get(id) : undefined
    if (!id || !now || now.state === 'purged' || now.state === 'open') {
      await new Promise((done) => setTimeout(done, 5))
      continue
    }
    held.add(id)
    const next = await change(id, now).catch((error) => note(error, null))
    if (!next) return
    known.set(id, next)
    progress.acknowledged += 1
    held.delete(id)
  }
}

/** What is not answered stays open: until then either is right. */
async function change(id: string, now: Known): Promise<Known> {
  const open = (part: Partial<Known>) => known.set(id, { ...now, ...part })
  const dice = Math.random()
  if (now.state === 'bin') {
    open({ state: 'open' })
    if (dice < 0.5) {
      await client.send('POST', `/images/${id}/purge`)
      return { ...now, state: 'purged' }
    }
    await client.send('POST', `/images/${id}/restore`)
    return { ...now, state: 'there' }
  }
  if (dice < 0.35) {
    const name = `${randomName()}.png`
    open({ name: null })
    await client.send('PATCH', `/images/${id}`, { name })
    return { ...now, name }
  }
  if (dice < 0.8) {
    const label = Math.floor(Math.random() * classes.length)
    open({ label: null })
    const data = writeClassAnswer(1003, classes, chosenClass(classes.length, label))
    await client.send('PUT', `/images/${id}/label`, { type: 1003, data })
    return { ...now, label }
  }
  open({ state: 'open' })
  await client.send('DELETE', `/images/${id}`)
  return { ...now, state: 'bin' }
}

async function waitForImports(): Promise<Import[]> {
  const end = Date.now() + 3 * 60_000
  for (;;) {
    const all: Import[] = []
    for (const id of progress.imports) all.push(await client.json<Import>('GET', `/imports/${id}`))
    if (all.every((each) => each.finishedAt !== null) || Date.now() > end) return all
    await new Promise((done) => setTimeout(done, 500))
  }
}

/** Acknowledged changes that the server does not know any more. */
async function findLost(): Promise<string[]> {
  const found: string[] = []
  for (const [id, { name, label, state }] of known) {
    const image = await client.json<Image>('GET', `/images/${id}`).catch((error: Error) => {
      if (error.message.includes('404')) return null
      throw error
    })
    const isThere = image !== null
    if (state === 'purged' && isThere) found.push(`${id} was purged and is there`)
    if ((state === 'there' || state === 'bin') && !isThere) found.push(`${id} is gone`)
    if (!image) continue
    if (state !== 'open' && (state === 'bin') !== (image.state === 'DELETED'))
      found.push(`${id}: ${image.state}, not ${state}`)
    if (name !== null && image.name !== name) found.push(`${id} is called ${image.name}, not ${name}`)
    if (label !== null && image.labelValue !== label) found.push(`${id} says ${image.labelValue}, not ${label}`)
  }
  return found
}

function askDoctor(): { healthy: boolean; findings: Record<string, number> } {
  const bin = fileURLToPath(new URL('../../server/bin/vesalius.ts', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, [bin, 'doctor', '--json', '--hashes'], {
    env: { ...process.env, VESALIUS_DATA_DIR: dataDirectory },
    maxBuffer: 256 * 1024 ** 2,
    encoding: 'utf8',
  })
  if (!stdout) throw new Error(`the doctor says nothing: ${stderr}`)
  const { healthy, examination } = JSON.parse(stdout)
  const findings = Object.entries(examination.findings as Record<string, string[]>)
  return { healthy, findings: Object.fromEntries(findings.map(([name, list]) => [name, list.length])) }
}

function randomName(): string {
  return Math.random().toString(36).slice(2, 10)
}

async function drawPicture(): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = Uint8Array.from({ length: 32 * 32 }, () => Math.random() * 256)
  const png = await sharp(pixels, { raw: { width: 32, height: 32, channels: 1 } })
    .png()
    .toBuffer()
  return Uint8Array.from(png)
}
