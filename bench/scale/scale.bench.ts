/**
 * Does a list stay fast when a project grows? Times pages of a project of 10,000 and of 1,000,000 images through HTTP, by
 * order, filter and depth, and one upload. `npm run bench -- scale [--rows 10000,1000000] [--repeats 40] [--keep]`
 * Embedded database, or a PostgreSQL server where VESALIUS_TEST_DATABASE_URL names one: each size has a database there,
 * `scale_<rows>`, that is made anew where it is to be filled.
 *
 * With --folder the filled databases stay there: with --fill they are made, which takes minutes, and a later call
 * without it only measures.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import type { Project } from '@vesalius/contracts'
import pg from 'pg'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'
import { quantile } from '../lib/statistics.ts'
import { fillImages, type Runner } from './fill-images.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000,1000000' },
    repeats: { type: 'string', default: '40' },
    folder: { type: 'string' },
    fill: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})
const repeats = Number(values.repeats)
const databaseUrl = process.env.VESALIUS_TEST_DATABASE_URL
/** The database of a size, and the settings of a program that works on it: one that serves and does not train, as where so much lies. */
const databaseOf = (rows: number) => Object.assign(new URL(databaseUrl ?? ''), { pathname: `/scale_${rows}` }).href
const environmentOf = (rows: number): Record<string, string> =>
  databaseUrl ? { VESALIUS_DATABASE_URL: databaseOf(rows), VESALIUS_ROLE: 'api' } : {}

/** Query strings of pages that people open; `@me` and `@half` stand for the person and the middle of the time. */
const LISTS = {
  'newest first': '',
  'oldest first': 'order=oldest',
  'by name': 'order=name',
  'least sure first': 'order=uncertain',
  'not annotated, least sure first': 'annotated=false&order=uncertain',
  annotated: 'annotated=true',
  'waiting (1 in 1,000)': 'state=TO_LABEL',
  'frozen (1 in 500), by name': 'state=FROZEN&order=name',
  'in the bin (1 in 200)': 'state=DELETED',
  'a usual class': 'class=3',
  'a rare class (1 in 2,000), by name': 'class=9&order=name',
  'score .995 to 1': 'scoreFrom=0.995&scoreTo=1',
  'annotated by me, oldest first': 'annotatedBy=@me&order=oldest',
  'the older half': 'to=@half',
  'name holds "fundus"': 'text=fundus',
  'name holds a number': 'text=-4711.png',
  'name holds 细胞': `text=${encodeURIComponent('细胞')}`,
  'name holds what is nowhere': 'text=nowhere-to-be-found',
}

/** What a measuring needs of a filled database. */
interface Filled {
  cookie: string
  project: Project
  me: string
  /** When its newest row was made. */
  filledAt: number
}

const results: Record<string, Record<string, { p50: number; p95: number }>> = {}
for (const rows of values.rows.split(',').map(Number)) {
  const folder = values.folder ? resolve(values.folder, String(rows)) : null
  if (folder) mkdirSync(folder, { recursive: true })
  if (values.fill) await fill(rows, folder)
  else results[rows] = await measure(rows, folder)
}
if (!values.fill) print()
if (values.keep && !values.fill) keepResult(databaseUrl ? 'scale-server' : 'scale', { repeats, milliseconds: results })

/** A database with a person, a project and its rows; kept in `folder`, or made anew. */
async function fill(rows: number, folder: string | null): Promise<{ filled: Filled; dataDirectory: string }> {
  const record = folder && join(folder, 'filled.json')
  if (folder && record && existsSync(record)) {
    return { filled: JSON.parse(readFileSync(record, 'utf8')) as Filled, dataDirectory: join(folder, 'data') }
  }
  if (databaseUrl) await makeDatabase(databaseUrl, rows)
  const server = await startServer({
    environment: environmentOf(rows),
    ...(folder ? { dataDirectory: join(folder, 'data') } : {}),
  })
  const client = new Client(server.url)
  await client.register('bench')
  const classes = Array.from({ length: 10 }, (_, index) => `class ${index}`)
  const project = await client.createProject('scale', 1003, classes)
  const { id: me } = await client.json<{ id: string }>('GET', '/me')
  await server.stop()
  const start = performance.now()
  await withRunner(rows, server.dataDirectory, (runner) => fillImages(runner, project.id, me, rows))
  process.stdout.write(`${rows} rows: filled in ${Math.round((performance.now() - start) / 1000)} s\n`)
  const filled = { cookie: client.cookie, project, me, filledAt: Date.now() }
  if (record) writeFileSync(record, JSON.stringify(filled))
  return { filled, dataDirectory: server.dataDirectory }
}

async function measure(rows: number, folder: string | null) {
  const { filled, dataDirectory } = await fill(rows, folder)
  const { project, me } = filled
  const server = await startServer({ dataDirectory, environment: environmentOf(rows) })
  try {
    const client = new Client(server.url, filled.cookie)
    const half = new Date(filled.filledAt - rows * 5000).toISOString()
    const times: Record<string, { p50: number; p95: number }> = {}
    for (const [name, query] of Object.entries(LISTS)) {
      const asked = query.replace('@me', me).replace('@half', encodeURIComponent(half))
      const path = `/projects/${project.id}/images?limit=100&${asked}`
      times[name] = await timed(() => client.json('GET', path))
    }
    times['a page in the middle, newest first'] = await timed(await fromTheMiddle(client, project.id, half))
    times['the project itself'] = await timed(() => client.json('GET', `/projects/${project.id}`))
    const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#345' } })
      .png()
      .toBuffer()
    let count = 0
    times['one upload'] = await timed(() => {
      const bytes = Buffer.concat([picture, Buffer.from(`${count++}`)])
      return client.upload(project, [{ name: `new-${count}.png`, bytes, value: 1 }])
    })
    return times
  } finally {
    await server.stop()
    if (!folder) await removeData(server)
  }
}

/** Asks for the page after an image in the middle, as somebody does who scrolled so far. */
async function fromTheMiddle(client: Client, projectId: string, half: string): Promise<() => Promise<unknown>> {
  const page = await client.json<{ nextCursor: string }>('GET', `/projects/${projectId}/images?limit=1&to=${half}`)
  return () => client.json('GET', `/projects/${projectId}/images?limit=100&cursor=${page.nextCursor}`)
}

async function timed(act: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  await act()
  const times: number[] = []
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = performance.now()
    await act()
    times.push(performance.now() - start)
  }
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
}

async function withRunner(rows: number, dataDirectory: string, act: (runner: Runner) => Promise<void>): Promise<void> {
  if (databaseUrl) {
    const client = new pg.Client(databaseOf(rows))
    await client.connect()
    // Indexes of many rows are made in memory, not on the disk.
    await client.query("SET maintenance_work_mem = '1GB'")
    await act(client as unknown as Runner)
    await client.query('VACUUM (ANALYZE) images')
    await client.end()
    return
  }
  const pglite = await PGlite.create({ dataDir: join(dataDirectory, 'postgres') })
  await act(pglite)
  await pglite.close()
}

async function makeDatabase(url: string, rows: number): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS scale_${rows}`)
  await client.query(`CREATE DATABASE scale_${rows}`)
  await client.end()
}

function print(): void {
  const sizes = Object.keys(results)
  const names = Object.keys(Object.values(results)[0] ?? {})
  process.stdout.write(`| page of 100 | ${sizes.map((size) => `${size}: p50 / p95 ms`).join(' | ')} |\n`)
  for (const name of names) {
    const cells = sizes.map((size) => {
      const { p50 = 0, p95 = 0 } = results[size]?.[name] ?? {}
      return `${p50.toFixed(1)} / ${p95.toFixed(1)}`
    })
    process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`)
  }
}
