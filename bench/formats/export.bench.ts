import { readdirSync, readFileSync } from 'node:fs'
import type { Export, Project } from '@vesalius/contracts'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'

/**
 * How long does an export take, and does its memory grow with it? 1,000 images with 50 boxes each through HTTP, exported
 * in several formats, beside an export of a tenth of them. Goal: 50,000 boxes in less than 10 s.
 */
const IMAGES = 1000
const BOXES = 50
const AT_ONCE = 50
const FORMATS = ['coco', 'yolo', 'cvat', 'archive'] as const
const CLASSES = ['red cell', 'white cell', 'platelet']

interface Measured {
  format: string
  images: number
  boxes: number
  seconds: number
  megabytes: number
  /** Most resident memory of the server while it worked, beyond what it held before. */
  grownMegabytes: number
  peakMegabytes: number
}

const server = await startServer()
try {
  const client = new Client(server.url)
  await client.register('bench')
  const project = await client.createProject('boxes', 2000, CLASSES)
  await fill(client, project)
  const pid = serverPid()
  const measured: Measured[] = []
  // The first one also loads what is loaded once.
  await measure(client, project, pid, 'coco', '000')
  for (const format of FORMATS) {
    measured.push(await measure(client, project, pid, format, '00'))
    measured.push(await measure(client, project, pid, format, null))
  }
  console.table(measured)
  keepResult('export', { measured })
  const slowest = Math.max(...measured.filter(({ images }) => images === IMAGES).map(({ seconds }) => seconds))
  console.log(`slowest export of ${IMAGES * BOXES} boxes: ${slowest} s`)
  if (slowest > 10) process.exitCode = 1
} finally {
  await server.stop()
  await removeData(server)
}

async function fill(client: Client, project: Project): Promise<void> {
  for (let first = 0; first < IMAGES; first += AT_ONCE) {
    const files = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => drawImage(first + at)))
    const items = await client.upload(project, files)
    if (items.some((item) => 'error' in item)) throw new Error('an image was refused')
  }
}

async function drawImage(index: number) {
  const background = { r: index % 256, g: (index >> 8) % 256, b: 90 }
  const bytes = await sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .png()
    .toBuffer()
  const boxes = Array.from({ length: BOXES }, (_, at) => ({
    id: `${at}`,
    class: at % CLASSES.length,
    box: [(at * 6.25) % 300, (at * 4.5) % 220, 12.5, 10.25],
  }))
  return { name: `image-${String(index).padStart(4, '0')}.png`, bytes, data: { key: CLASSES, boxes } }
}

/** `text`: part of the names of the images wanted; null: all. */
async function measure(
  client: Client,
  project: Project,
  pid: number,
  format: string,
  text: string | null,
): Promise<Measured> {
  const before = residentMegabytes(pid)
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMegabytes(pid))
  }, 50)
  const start = performance.now()
  try {
    const filter = text === null ? {} : { text }
    const { id }: Export = await client.json('POST', `/projects/${project.id}/exports`, { format, filter })
    const done = await finish(client, id)
    const seconds = (performance.now() - start) / 1000
    if (!done.result) throw new Error(done.problem?.message ?? 'the export failed')
    return {
      format,
      images: done.result.images,
      boxes: done.result.marks,
      seconds: round(seconds),
      megabytes: round(done.result.byteSize / 1e6),
      grownMegabytes: round(peak - before),
      peakMegabytes: round(peak),
    }
  } finally {
    clearInterval(timer)
  }
}

async function finish(client: Client, id: string): Promise<Export> {
  for (;;) {
    const now: Export = await client.json('GET', `/exports/${id}`)
    if (now.state !== 'pending' && now.state !== 'running') return now
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The process we started. */
function serverPid(): number {
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const isOurs = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(process.pid)
      if (isOurs && readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes('main.ts')) return Number(entry)
    } catch {}
  }
  throw new Error('memory is read from /proc, which this system lacks')
}

function residentMegabytes(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0) / 1024
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
