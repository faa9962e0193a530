/**
 * How do we stand beside Label Studio on the same machine, in one run? Time to start, memory, import of 1,000 images, a page
 * of the list among 10,000, and submitting 100 masks. Both as they come: one command, embedded database (theirs: SQLite),
 * loopback. Their 10,000 tasks share one picture; ours are 10,000 images. `VESALIUS_BENCH_PYTHON`: a Python with
 * label-studio. `npm run bench -- beside-label-studio [--images 1000] [--tasks 10000] [--keep]`
 */
import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { encodeRle, type LabelData } from '@vesalius/contracts'
import { fromLabel, writeDataset } from '@vesalius/formats'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'
import { quantile } from '../lib/statistics.ts'
import { newFolder, startLabelStudio } from './label-studio.ts'

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '1000' },
    tasks: { type: 'string', default: '10000' },
    keep: { type: 'boolean', default: false },
  },
})
const python = process.env.VESALIUS_BENCH_PYTHON
if (!python) throw new Error('VESALIUS_BENCH_PYTHON names no Python with label-studio.')
const [images, tasks] = [Number(values.images), Number(values.tasks)]
/** Files in one request: Django refuses more than 100. */
const AT_ONCE = 50
const PAGE = 50
const LOOKS = 40
const SUBMITS = 20
const SIDE = 512
const MASKS = 100
const CLASSES = ['cell']

const masks: LabelData = {
  key: CLASSES,
  size: [SIDE, SIDE],
  masks: Array.from({ length: MASKS }, (_, at) => ({ id: `m${at}`, class: 0, rle: encodeRle(disc(at), [SIDE, SIDE]) })),
}

/** Figures in the order in which they were measured; each is told at once. */
type Figures = Record<string, number>
const ours = await measure('Vesalius', measureOurs)
const theirs = await measure('Label Studio', (tell) => measureTheirs(python, tell))
console.log('| | Vesalius | Label Studio |\n|---|---|---|')
for (const [what, value] of Object.entries(ours)) console.log(`| ${what} | ${value} | ${theirs[what] ?? '-'} |`)
const machine = `${cpus().length} × ${cpus()[0]?.model}`
if (values.keep) keepResult('beside-label-studio', { machine, images, tasks, vesalius: ours, labelStudio: theirs })

async function measure(who: string, run: (tell: (figures: Figures) => void) => Promise<void>): Promise<Figures> {
  const told: Figures = {}
  await run((figures) => {
    for (const [what, value] of Object.entries(figures)) {
      told[what] = value >= 100 ? Math.round(value) : Number(value.toPrecision(3))
      console.log(`${who}: ${what} ${told[what]}`)
    }
  })
  return told
}

async function measureOurs(tell: (figures: Figures) => void) {
  const first = performance.now()
  let server = await startServer()
  const firstStartMs = performance.now() - first
  await server.stop()
  const again = performance.now()
  server = await startServer({ dataDirectory: server.dataDirectory })
  tell({ firstStartMs, startMs: performance.now() - again })
  try {
    tell({ memoryAtStartMb: memoryOf(server.pid) })
    const client = new Client(server.url)
    await client.register('bench')
    const project = await client.createProject('Cells', 3004, CLASSES)
    const upload = async (from: number, to: number) => {
      for (let at = from; at < to; at += AT_ONCE) {
        const places = Array.from({ length: Math.min(AT_ONCE, to - at) }, (_, place) => at + place)
        await client.upload(
          project,
          await Promise.all(places.map(async (place) => ({ name: `${place}.png`, bytes: await draw(place) }))),
        )
      }
    }
    tell({ importImagesPerSecond: images / (await seconds(() => upload(0, images))) })
    await upload(images, tasks)
    const path = `/projects/${project.id}/images?limit=${PAGE}`
    const pages: string[] = ['']
    const looks = await timed(LOOKS, async () => {
      const page = await client.json<{ nextCursor: string | null }>('GET', path + (pages.at(-1) ?? ''))
      pages.push(page.nextCursor ? `&cursor=${encodeURIComponent(page.nextCursor)}` : '')
    })
    tell({ listP50Ms: looks.p50Ms, listP95Ms: looks.p95Ms })
    const all = await client.json<{ items: { id: string }[] }>('GET', path)
    const submit = await timed(SUBMITS, (at) =>
      client.json('PUT', `/images/${all.items[at]?.id}/label`, { type: 3004, data: masks }),
    )
    tell({ submitP50Ms: submit.p50Ms, submitP95Ms: submit.p95Ms, memoryAfterMb: memoryOf(server.pid) })
  } finally {
    await server.stop()
    await removeData(server)
  }
}

async function measureTheirs(python: string, tell: (figures: Figures) => void) {
  const folder = await newFolder()
  const first = await startLabelStudio(python, folder.path)
  await first.stop()
  const server = await startLabelStudio(python, folder.path)
  tell({ firstStartMs: first.startMs, startMs: server.startMs })
  try {
    tell({ memoryAtStartMb: memoryOf(server.pid) })
    const label_config = `<View><Image name="image" value="$image"/><BrushLabels name="label" toName="image"><Label value="cell"/></BrushLabels></View>`
    const project = await server.json<{ id: number }>('POST', '/api/projects', { title: 'Cells', label_config })
    const imported = await seconds(async () => {
      for (let at = 0; at < images; at += AT_ONCE) {
        const form = new FormData()
        for (let place = at; place < Math.min(images, at + AT_ONCE); place += 1) {
          form.append(
            `file${place}`,
            new Blob([(await draw(place)) as Uint8Array<ArrayBuffer>], { type: 'image/png' }),
            `${place}.png`,
          )
        }
        await server.json('POST', `/api/projects/${project.id}/import`, form)
      }
    })
    tell({ importImagesPerSecond: images / imported })
    const known = await server.json<{ tasks: { id: number; data: { image: string } }[] }>(
      'GET',
      `/api/tasks?project=${project.id}&page_size=${PAGE}`,
    )
    const { image } = known.tasks[0]?.data ?? { image: '' }
    for (let left = tasks - images; left > 0; left -= 1000) {
      await server.json(
        'POST',
        `/api/projects/${project.id}/import`,
        Array.from({ length: Math.min(1000, left) }, () => ({ image })),
      )
    }
    const looks = await timed(LOOKS, (at) =>
      server.json(
        'GET',
        `/api/tasks?project=${project.id}&page_size=${PAGE}&page=${1 + (at % Math.ceil(tasks / PAGE))}`,
      ),
    )
    tell({ listP50Ms: looks.p50Ms, listP95Ms: looks.p95Ms })
    const result = brushResults()
    const submit = await timed(SUBMITS, (at) =>
      server.json('POST', `/api/tasks/${known.tasks[at]?.id}/annotations/`, { result, lead_time: 10 }),
    )
    tell({ submitP50Ms: submit.p50Ms, submitP95Ms: submit.p95Ms, memoryAfterMb: memoryOf(server.pid) })
  } finally {
    await server.stop()
    await folder.remove()
  }
}

/** The same masks as Label Studio writes them. */
function brushResults(): object[] {
  const image = fromLabel({ name: 'image', width: SIDE, height: SIDE }, masks)
  const { files } = writeDataset('label-studio', { classes: CLASSES, images: () => [image] }, 3004)
  const [file] = files
  const bytes = file?.bytes ?? []
  const [task] = JSON.parse(Buffer.concat(bytes instanceof Uint8Array ? [bytes] : [...bytes]).toString('utf8')) as [
    { annotations?: { result: object[] }[] },
  ]
  const result = task.annotations?.[0]?.result ?? []
  if (result.length !== MASKS) throw new Error(`${result.length} of ${MASKS} masks`)
  return result
}

/** MB of memory of a process and those it started. */
function memoryOf(pid: number): number {
  const status = (id: number) => readFileSync(`/proc/${id}/status`, 'utf8')
  const family = new Set([pid])
  for (let grew = true; grew; ) {
    grew = false
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name) || family.has(Number(name))) continue
      try {
        const parent = Number(/PPid:\s+(\d+)/.exec(status(Number(name)))?.[1])
        if (family.has(parent)) grew = Boolean(family.add(Number(name)))
      } catch {}
    }
  }
  const kilobytes = [...family].map((id) => Number(/VmRSS:\s+(\d+)/.exec(status(id))?.[1] ?? 0))
  return Math.round(kilobytes.reduce((sum, each) => sum + each, 0) / 1024)
}

async function seconds(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return (performance.now() - start) / 1000
}

async function timed(count: number, act: (at: number) => Promise<unknown>) {
  const taken: number[] = []
  for (let at = 0; at < count; at += 1) taken.push(1000 * (await seconds(() => act(at))))
  return { p50Ms: quantile(taken, 0.5), p95Ms: quantile(taken, 0.95) }
}

function disc(at: number): Uint8Array {
  const [centreX, centreY] = [25 + (at % 10) * 50, 25 + Math.floor(at / 10) * 50]
  const pixels = new Uint8Array(SIDE * SIDE)
  for (let y = centreY - 20; y < centreY + 20; y += 1)
    for (let x = centreX - 20; x < centreX + 20; x += 1)
      if (Math.hypot(x - centreX, y - centreY) < 18) pixels[y * SIDE + x] = 1
  return pixels
}

/** Each its own bytes, quick to make. */
async function draw(seed: number): Promise<Uint8Array> {
  const background = { r: seed % 256, g: (seed >> 8) % 256, b: 120 }
  return sharp({ create: { width: SIDE, height: SIDE, channels: 3, background } })
    .png({ compressionLevel: 1 })
    .toBuffer()
}
