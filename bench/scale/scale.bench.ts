/**
 * Does a list stay fast when a project grows? Times pages of a project of 10,000 and of 1,000,000 images through HTTP, by
 * order, filter and depth, and one upload. `npm run bench -- scale [--rows 10000,1000000] [--repeats 40] [--keep]`
 * Embedded database, or a PostgreSQL server where VESALIUS_TEST_DATABASE_URL names one (its tables are dropped first).
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
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
    keep: { type: 'boolean', default: false },
  },
})
const repeats = Number(values.repeats)
const databaseUrl = process.env.VESALIUS_TEST_DATABASE_URL

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

const results: Record<string, Record<string, { p50: number; p95: number }>> = {}
for (const rows of values.rows.split(',').map(Number)) results[rows] = await measure(rows)
print()
if (values.keep) keepResult(databaseUrl ? 'scale-server' : 'scale', { repeats, milliseconds: results })

async function measure(rows: number) {
  const environment: Record<string, string> = databaseUrl ? { VESALIUS_DATABASE_URL: databaseUrl } : {}
  if (databaseUrl) await emptyServer(databaseUrl)
  let server = await startServer({ environment })
  try {
    let client = new Client(server.url)
    await client.register('bench')
    const classes = Array.from({ length: 10 }, (_, index) => `class ${index}`)
    const project = await client.createProject('scale', 1003, classes)
    const { id: me } = await client.json<{ id: string }>('GET', '/me')
    await server.stop()
    await withRunner(server.dataDirectory, (runner) => fillImages(runner, project.id, me, rows))
    server = await startServer({ dataDirectory: server.dataDirectory, environment })
    client = client.at(server.url)
    const half = new Date(Date.now() - rows * 5000).toISOString()
    const times: Record<string, { p50: number; p95: number }> = {}
    for (const [name, query] of Object.entries(LISTS)) {
      const filled = query.replace('@me', me).replace('@half', encodeURIComponent(half))
      const path = `/projects/${project.id}/images?limit=100&${filled}`
      times[name] = await timed(() => client.json('GET', path))
    }
    times['a page in the middle, newest first'] = await timed(await fromTheMiddle(client, project.id, rows))
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
    await removeData(server)
  }
}

/** Asks for the page after an image in the middle, as somebody does who scrolled so far. */
async function fromTheMiddle(client: Client, projectId: string, rows: number): Promise<() => Promise<unknown>> {
  const half = new Date(Date.now() - rows * 5000).toISOString()
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

async function withRunner(dataDirectory: string, act: (runner: Runner) => Promise<void>): Promise<void> {
  if (databaseUrl) {
    const client = new pg.Client(databaseUrl)
    await client.connect()
    await act(client as unknown as Runner)
    await client.end()
    return
  }
  const pglite = await PGlite.create({ dataDir: join(dataDirectory, 'postgres') })
  await act(pglite)
  await pglite.close()
}

async function emptyServer(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('DROP SCHEMA IF EXISTS jobs CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public')
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
