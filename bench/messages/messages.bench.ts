/**
 * Does a thread stay fast however long it is and however many there are? Finding a message's thread, answering, merging and
 * a page of 50, against plain rows that point at their parent, on the same data.
 * `npm run bench -- messages [--messages 10000,100000,1000000] [--merges 10000] [--repeats 200] [--keep]`
 * Is anything lost or doubled whatever people do at once? `npm run bench -- messages --histories 1000 [--seed 1] [--keep]`
 *
 * Embedded database, or a PostgreSQL server where VESALIUS_TEST_DATABASE_URL names one. With --folder the filled databases
 * stay, there or on the server: with --fill they are made, and a later call without it only measures. After filling the
 * tables are vacuumed and analysed and everything is on the disk (CHECKPOINT), and each act runs some times before it counts:
 * what is measured is a database in use, not one that still puts away a million rows.
 */
import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Database, openDatabase } from '@vesalius/server/database'
import { migrate } from '@vesalius/server/migrate'
import { history, makeHistoryWorld, runHistory } from '@vesalius/server/testing/message-histories'
import { openTestDatabase } from '@vesalius/server/testing/test-database'
import * as threads from '@vesalius/server/threads'
import fc from 'fast-check'
import { sql } from 'kysely'
import { keepResult } from '../lib/keep-result.ts'
import { quantile } from '../lib/statistics.ts'
import { fillThreads, idOf, type Shape, shapeOf, sizeOf } from './fill-threads.ts'
import { appendPlain, findPlainRoot, joinPlain, pagePlain } from './plain-threads.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000,100000,1000000' },
    merges: { type: 'string', default: '10000' },
    repeats: { type: 'string', default: '200' },
    histories: { type: 'string' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string' },
    fill: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})
const PAGE = 50
const WARM_UPS = 10
const repeats = Number(values.repeats)
const isServer = process.env.VESALIUS_TEST_DATABASE_URL !== undefined
const folder = values.folder ? resolve(values.folder) : await mkdtemp(join(tmpdir(), 'vesalius-messages-'))
try {
  if (values.histories) {
    const database = await openTestDatabase()
    await migrate(database.db)
    await tryHistories(database, Number(values.histories)).finally(() => database.close())
  } else await measureAll()
} finally {
  if (!values.folder) await rm(folder, { recursive: true, force: true })
}

/** A database for so many messages, by its name on the server or in the folder. */
async function openFor(messages: number): Promise<Database> {
  const directory = join(folder, String(messages))
  const server = process.env.VESALIUS_TEST_DATABASE_URL
  if (!server) {
    mkdirSync(directory, { recursive: true })
    return openDatabase({ url: null, directory })
  }
  const url = new URL(server)
  const name = `messages_${messages}`
  const main = await openDatabase({ url: server, directory })
  const known = await sql`SELECT FROM pg_database WHERE datname = ${name}`.execute(main.db)
  if (known.rows.length === 0) await sql.raw(`CREATE DATABASE ${name}`).execute(main.db)
  await main.close()
  url.pathname = `/${name}`
  return openDatabase({ url: url.href, directory })
}

async function tryHistories({ db }: Database, count: number): Promise<void> {
  const world = await makeHistoryWorld(db)
  const started = performance.now()
  let acts = 0
  let flawed = 0
  for (const [at, acted] of fc.sample(history, { seed: Number(values.seed), numRuns: count }).entries()) {
    const flaws = await runHistory(world, acted)
    acts += acted.flat().length
    if (flaws.length > 0) {
      flawed += 1
      process.stdout.write(`history ${at} of seed ${values.seed}: ${flaws.slice(0, 3).join('; ')}\n`)
    }
  }
  const seconds = Math.round((performance.now() - started) / 1000)
  process.stdout.write(`${count} histories, ${acts} acts in ${seconds} s: ${flawed} with a flaw\n`)
  if (values.keep)
    keepResult(nameOf('messages-histories'), { seed: Number(values.seed), histories: count, acts, flawed })
  if (flawed > 0) process.exitCode = 1
}

type Times = Record<string, { p50: number; p95: number }>

async function measureAll(): Promise<void> {
  const results: Record<string, Times> = {}
  for (const messages of values.messages.split(',').map(Number)) {
    const shape = shapeOf(messages)
    const database = await openFor(messages)
    if (values.fill || !values.folder) await fill(database, shape)
    const times = values.fill ? {} : await measure(database, shape)
    await database.close()
    results[messages] = times
    process.stdout.write(`${messages} messages\n`)
    for (const [name, { p50, p95 }] of Object.entries(times)) {
      process.stdout.write(`  ${name.padEnd(34)} p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms\n`)
    }
  }
  if (values.keep && !values.fill)
    keepResult(nameOf('messages'), { repeats, merges: Number(values.merges), milliseconds: results })
}

async function fill({ db }: Database, shape: Shape): Promise<void> {
  const started = performance.now()
  await migrate(db)
  await fillThreads(db, shape)
  await sql`CHECKPOINT`.execute(db)
  const seconds = Math.round((performance.now() - started) / 1000)
  const { messages, threads: count, chains, depth } = shape
  process.stdout.write(`${messages} messages, ${count} threads, ${chains} chains of ${depth}: filled in ${seconds} s\n`)
}

async function measure({ db }: Database, shape: Shape): Promise<Times> {
  const random = drawNumbers(shape.messages)
  const chain = () => random(shape.chains)
  const short = () => shape.chains + random(shape.threads - shape.chains)
  const anyOf = (thread: number) => idOf(thread, random(sizeOf(shape, thread)))
  // Others than those of an earlier call.
  let made = Math.floor(Date.now() / 10) % 0xf00000
  const fresh = () => idOf(0xffffff, made++)
  const append = (id: string) =>
    threads.inThreadTransaction(db, async (trx) => {
      const [thread] = await threads.lockThreads(trx, [id])
      if (thread) await threads.appendNode(trx, thread, fresh(), new Date())
    })
  const join = (id: string, other: string) =>
    threads.inThreadTransaction(db, async (trx) => {
      const [first, second] = await threads.lockThreads(trx, [id, other])
      if (first && second) await threads.joinThreads(trx, first, second)
    })
  const page = (id: string) => threads.walkThread(db, id, { direction: 'forward', limit: PAGE })

  const times: Times = {}
  for (const [kind, pick] of [
    ['short', short],
    ['deep', chain],
  ] as const) {
    times[`${kind}: find`] = await timed(repeats, () => threads.findRoot(db, anyOf(pick())))
    times[`${kind}: find, plain`] = await timed(repeats, () => findPlainRoot(db, anyOf(pick())))
    times[`${kind}: append`] = await timed(repeats, () => append(anyOf(pick())))
    times[`${kind}: append, plain`] = await timed(repeats, () => appendPlain(db, anyOf(pick()), fresh()))
    times[`${kind}: page`] = await timed(repeats, () => page(anyOf(pick())))
    times[`${kind}: page, plain`] = await timed(repeats, () => pagePlain(db, anyOf(pick()), PAGE))
    times[`${kind}: merge, plain`] = await timed(repeats, () => joinPlain(db, anyOf(pick()), anyOf(short())))
    times[`${kind}: merge`] = await timed(repeats, () => join(anyOf(pick()), anyOf(short())))
  }
  const merges = Math.min(Number(values.merges), shape.threads / 10)
  times[`${merges} merges, each`] = await timed(merges, () => join(anyOf(short()), anyOf(short())))
  times['after them, find'] = await timed(repeats, () => threads.findRoot(db, anyOf(short())))
  times['after them, page'] = await timed(repeats, () => page(anyOf(short())))
  return times
}

async function timed(count: number, act: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  for (let time = 0; time < WARM_UPS; time += 1) await act()
  const taken: number[] = []
  for (let repeat = 0; repeat < count; repeat += 1) {
    const start = performance.now()
    await act()
    taken.push(performance.now() - start)
  }
  return { p50: quantile(taken, 0.5), p95: quantile(taken, 0.95) }
}

/** Whole numbers below a bound, the same in every run (a linear congruential generator, Numerical Recipes §7.1). */
function drawNumbers(seed: number): (below: number) => number {
  let state = seed % 0x1_0000_0000
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * below)
  }
}

function nameOf(bench: string): string {
  return isServer ? `${bench}-server` : bench
}
