/**
 * Is anything lost when fifty people annotate the same images at once? Two api processes and a worker on PostgreSQL; every
 * person reads, marks, saves with `If-Match`, merges where somebody was faster, takes steps back, renames and skips.
 * Afterwards the history is held against what each of them was told.
 * `.ci/with-postgres npm run bench -- annotators [--people 50] [--operations 20000] [--seconds 330] [--keep]`
 * With --keep goes add up in `bench/results/annotators.json` until there are enough operations.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type AuditEvent,
  type Image,
  type LabelFile,
  type LabelRevision,
  type Organisation,
  routes,
} from '@vesalius/contracts'
import { type RunningProcess, runProcess } from '@vesalius/server/testing/run-process'
import sharp from 'sharp'
import type { z } from 'zod'
import { createGenerator } from '../active-learning/generator.ts'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { readRuns } from '../lib/read-runs.ts'
import { quantile } from '../lib/statistics.ts'
import { annotate, type Boxes, type Record, type SentLabel, type SentValue } from './annotator.ts'
import { checkLabels, isLastOf } from './check-history.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '50' },
    operations: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '330' },
    keep: { type: 'boolean', default: false },
  },
})
const server = process.env.VESALIUS_TEST_DATABASE_URL
if (!server) throw new Error('Run it with .ci/with-postgres in front: it needs a PostgreSQL server.')
interface Go {
  operations: number
}
const before = values.keep ? readRuns<Go>('annotators') : []
const wanted = Number(values.operations) - before.reduce((sum, { operations }) => sum + operations, 0)
if (wanted <= 0) {
  process.stdout.write('There are enough operations in bench/results/annotators.json.\n')
  process.exit(0)
}
const [MARKED, OTHERS] = [60, 20]
const folder = mkdtempSync(join(tmpdir(), 'vesalius-annotators-'))
const environment = { VESALIUS_DATABASE_URL: server, VESALIUS_DATA_DIR: folder }
const apis = await Promise.all([0, 1].map(() => runProcess({ ...environment, VESALIUS_ROLE: 'api' })))
const worker = await runProcess({ ...environment, VESALIUS_ROLE: 'worker' })
// Also when something below throws.
process.on('exit', () => {
  for (const each of [...apis, worker]) each.kill('SIGKILL')
})
const urls = apis.map(({ ready }) => ready)

const people = await prepare()
const { owner, projectId, images } = people
const world = { marked: images.slice(0, MARKED), others: images.slice(MARKED) }
const record: Record = { labels: [], names: [], skips: [], wanted: new Map(), merges: 0, tookMs: [], operations: 0 }
const startedAt = Date.now()
const end = startedAt + Number(values.seconds) * 1000
const isOver = () => record.operations >= wanted || Date.now() > end
const told = setInterval(
  () => process.stdout.write(`${record.operations} operations, ${record.merges} merges\n`),
  15_000,
)
await Promise.all(
  people.clients.map((client, at) =>
    annotate({ name: nameOf(at), client, random: createGenerator(1000 * before.length + at) }, world, record, isOver),
  ),
)
clearInterval(told)
const seconds = (Date.now() - startedAt) / 1000
const flaws = await findFlaws()
const go = {
  ...{ people: people.clients.length, operations: record.operations, seconds: Math.round(seconds) },
  ...{ labels: record.labels.length, merges: record.merges, renames: record.names.length, skips: record.skips.length },
  ...{ marks: record.wanted.size, labelP50Ms: Math.round(quantile(record.tookMs, 0.5)) },
  ...{ labelP95Ms: Math.round(quantile(record.tookMs, 0.95)), flaws },
}
process.stdout.write(`${JSON.stringify(go, null, 1)}\n`)
if (values.keep) keepResult('annotators', { runs: [...before, go] })
await stop([...apis, worker])
rmSync(folder, { recursive: true, force: true })
process.exit(flaws.length === 0 ? 0 : 1)

function nameOf(at: number): string {
  return `reader-${before.length}-${at}`
}

/** Everybody belongs to one organisation with the right to rename, and its project holds the images. */
async function prepare() {
  const clients = Array.from({ length: Number(values.people) }, (_, at) => new Client(urls[at % 2] as string))
  for (const [at, client] of clients.entries()) await client.register(nameOf(at))
  const [owner] = clients as [Client]
  const organisation = await owner.json<Organisation>('POST', routes.createOrganisation.path, { name: 'Readers' })
  const invited = `/organisations/${organisation.id}/invitations`
  for (const client of clients.slice(1)) {
    const { link } = await owner.json<{ link: string }>('POST', invited, { role: 'admin' })
    await client.send('POST', `/invitations/${link.split('#')[1]}/accept`)
  }
  const body = { name: 'Shared', taskType: 2000, classes: ['cell'], organisationId: organisation.id }
  const project = await owner.json<{ id: string; taskType: 2000; classes: string[] }>('POST', '/projects', body)
  const files = await Promise.all(
    Array.from({ length: MARKED + OTHERS }, async (_, at) => ({
      name: `${at}.png`,
      bytes: await sharp({ create: { width: 512, height: 512, channels: 3, background: { r: at, g: 90, b: 120 } } })
        .png()
        .toBuffer(),
    })),
  )
  const items = await owner.upload(project as never, files)
  for (;;) {
    const { items: waiting } = await owner.json<{ items: Image[] }>(
      'GET',
      `/projects/${project.id}/images?state=TO_LABEL`,
    )
    if (waiting.every(({ problem }) => problem)) break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const images = items.flatMap((item) => ('image' in item ? [item.image.id as string] : []))
  return { clients, owner, projectId: project.id, images }
}

async function findFlaws(): Promise<string[]> {
  const labels = Map.groupBy(record.labels, ({ imageId }: SentLabel) => imageId)
  const flaws: string[] = []
  const shown = new Map<string, Image>()
  for (const imageId of images) {
    const { items } = await owner.json<{ items: z.infer<typeof LabelRevision>[] }>(
      'GET',
      `/images/${imageId}/label/revisions`,
    )
    const found = checkLabels(labels.get(imageId) ?? [], items)
    flaws.push(...found.map((flaw) => `${imageId}: ${flaw}`))
    const { data } = await owner.json<LabelFile>('GET', `/images/${imageId}/label`)
    const places = new Map((data as Boxes).boxes.map(({ id, box }) => [`${imageId} ${id}`, box[0]]))
    for (const [mark, place] of record.wanted) {
      if (mark.startsWith(imageId) && (places.get(mark) ?? null) !== place)
        flaws.push(`${mark} is not where it was put`)
      places.delete(mark)
    }
    for (const mark of places.keys()) flaws.push(`${mark} was never put there`)
    shown.set(imageId, await owner.image(imageId))
  }
  flaws.push(...checkValues(record.names, 'name', (imageId) => shown.get(imageId)?.name ?? ''))
  flaws.push(...checkValues(record.skips, 'skip', (imageId) => shown.get(imageId)?.skip?.note ?? ''))
  return [...flaws, ...(await checkRenames())]
}

function checkValues(sent: readonly SentValue[], what: string, now: (imageId: string) => string): string[] {
  return [...Map.groupBy(sent, ({ imageId }) => imageId)].flatMap(([imageId, writes]) =>
    isLastOf(writes, now(imageId)) ? [] : [`${imageId}: the ${what} is not what was said last`],
  )
}

/** The record of changes holds every name that was acknowledged, each following on the one before. */
async function checkRenames(): Promise<string[]> {
  const events: AuditEvent[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = `subject=image&action=change&limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`
    const page: { items: AuditEvent[]; nextCursor: string | null } = await owner.json(
      'GET',
      `/projects/${projectId}/audit?${query}`,
    )
    events.push(...page.items)
    cursor = page.nextCursor
  }
  const flaws: string[] = []
  const named = new Map<string, unknown>()
  const missing = new Set(record.names.map(({ imageId, value }) => `${imageId} ${value}`))
  for (const { subjectId, before: was, after } of events.reverse()) {
    if (!after || !('name' in after)) continue
    const key = String(subjectId)
    if (named.has(key) && named.get(key) !== was?.name) flaws.push(`${key}: a name does not follow on the one before`)
    named.set(key, after.name)
    missing.delete(`${key} ${after.name}`)
  }
  return [...flaws, ...[...missing].map((name) => `${name} is not in the record`)]
}

async function stop(all: readonly RunningProcess[]): Promise<void> {
  for (const each of all) each.kill('SIGTERM')
  await Promise.all(all.map(({ exited }) => exited))
}
