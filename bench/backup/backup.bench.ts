/**
 * How long does a backup take while people work, and is what it restores the same? One process on PostgreSQL; people label
 * without a pause while a whole and then an incremental backup are made; it is restored into an empty database and an empty folder,
 * which compares every row and file by itself, and each label acknowledged before a backup began is looked for there.
 * `.ci/with-postgres npm run bench -- backup [--images 2000] [--people 3] [--keep]`
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chosenClass, type LabelFile, readClassAnswer, writeClassAnswer } from '@vesalius/contracts'
import pg from 'pg'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { examine } from '../lib/examine.ts'
import { keepResult } from '../lib/keep-result.ts'
import { startServer } from '../lib/server-process.ts'

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '2000' },
    people: { type: 'string', default: '3' },
    keep: { type: 'boolean', default: false },
  },
})
const database = process.env.VESALIUS_TEST_DATABASE_URL
if (!database) throw new Error('Run it with .ci/with-postgres in front: it needs a PostgreSQL server.')
const [count, people] = [Number(values.images), Number(values.people)]
const classes = ['red', 'white', 'other']
const folder = mkdtempSync(join(tmpdir(), 'vesalius-backup-'))
const secret = randomBytes(30).toString('hex')
const environmentOf = (name: string, url: string): Record<string, string> => ({
  ...{ VESALIUS_DATABASE_URL: url, VESALIUS_DATA_DIR: join(folder, name), VESALIUS_SECRET: secret },
})
const here = environmentOf('data', database)
const copies = join(folder, 'copies')

const server = await startServer({ environment: here, dataDirectory: join(folder, 'data') })
const client = new Client(server.url)
await client.register('bench')
const project = await client.createProject('backup', 1003, classes)
const images: string[] = []
for (let from = 0; from < count; from += 50) {
  const files = Array.from({ length: Math.min(50, count - from) }, (_, at) => drawFile(from + at))
  const items = await client.upload(project, await Promise.all(files))
  images.push(...items.flatMap((item) => ('image' in item ? [item.image.id as string] : [])))
}
process.stdout.write(`${images.length} images are there\n`)

/** Image → class that was acknowledged last. */
const acknowledged = new Map<string, number>()
let isOver = false
const work = Promise.all(Array.from({ length: people }, (_, person) => annotate(person)))
await new Promise((resolve) => setTimeout(resolve, 3000))
const whole = await timed(here, 'backup', '--to', copies)
const before = new Map(acknowledged)
const more = await timed(here, 'backup', '--to', copies)
isOver = true
await work
await server.stop()

const elsewhere = Object.assign(new URL(database), { pathname: '/restored' }).href
const admin = new pg.Client(database)
await admin.connect()
await admin.query('CREATE DATABASE restored')
await admin.end()
const there = environmentOf('restored', elsewhere)
const restored = await timed(there, 'restore', '--from', copies)
const isHealthy = examine(there)
const again = await startServer({ environment: there, dataDirectory: join(folder, 'restored') })
let lost = 0
const reader = new Client(again.url, client.cookie)
for (const [id, value] of before) {
  const { meta, data } = await reader.json<LabelFile>('GET', `/images/${id}/label`)
  // A label that was given again while the second backup was made may be the later one.
  if (!meta?.revision || (value !== readClassAnswer(data)?.value && acknowledged.get(id) === value)) lost += 1
}
await again.stop()
const perHundredThousand = (seconds: number) => Number(((seconds * 100_000) / images.length / 60).toFixed(1))
const result = {
  ...{ images: images.length, people, labelsBefore: before.size, labelsAfter: acknowledged.size, lost, isHealthy },
  seconds: { whole, incremental: more, restore: restored },
  minutesPer100000: { whole: perHundredThousand(whole), restore: perHundredThousand(restored) },
}
process.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
if (values.keep) keepResult('backup', result)
rmSync(folder, { recursive: true, force: true })
process.exit(lost === 0 && isHealthy ? 0 : 1)

async function annotate(person: number): Promise<void> {
  for (let step = 0; !isOver; step += 1) {
    const id = images[(person + people * step) % images.length] as string
    const value = (person + step) % classes.length
    const data = writeClassAnswer(1003, classes, chosenClass(classes.length, value))
    await client.send('PUT', `/images/${id}/label`, { type: 1003, data })
    acknowledged.set(id, value)
  }
}

async function drawFile(seed: number) {
  const noise = { type: 'gaussian', mean: 90 + (seed % 80), sigma: 30 } as const
  const bytes = await sharp({ create: { width: 96, height: 96, channels: 3, background: '#777', noise } })
    .png()
    .toBuffer()
  return { name: `${seed}.png`, bytes, value: seed % classes.length }
}

/** Seconds that a command of the program takes, in a process of its own. */
async function timed(environment: Record<string, string>, ...args: string[]): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, ['server/bin/vesalius.ts', ...args], {
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  })
  const [code] = (await once(child, 'exit')) as [number]
  if (code !== 0) throw new Error(`vesalius ${args.join(' ')} ended with ${code}`)
  return Number(((performance.now() - start) / 1000).toFixed(1))
}
