/**
 * Does the loop turn for real data? Through HTTP like a user: upload the training set as annotated, train, upload the
 * test set, read the guesses from the label files and compare them with the truth; then correct some of them, submit, and
 * train again. `npm run bench -- loop [pneumoniamnist|rbc12|bccd|nuclei|drive …] [--minutes 5] [--corrected 20]`
 */
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { fillPath, headlineOf, type Image, type LabelFile, type Project, type Run, routes } from '@vesalius/contracts'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'
import { LOOP_SETS, type LoopImage, openLoopSet } from '../lib/sets/loop-sets.ts'
import { scoreLabels } from './score-labels.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '4.5' },
    backbone: { type: 'string', default: 'compact' },
    corrected: { type: 'string', default: '20' },
  },
})
const minutes = Number(values.minutes)
/** A training on a machine that does other work ends late. */
const PATIENCE_MINUTES = 10
const BATCH = 40

for (const name of positionals.length > 0 ? positionals : LOOP_SETS) await runLoop(name)

async function runLoop(name: string): Promise<void> {
  const { taskType, classes, train, test } = await openLoopSet(name)
  const server = await startServer()
  try {
    const client = new Client(server.url)
    await client.register('bench')
    const project = await client.createProject(name, taskType, classes)
    await client.json('PUT', `/projects/${project.id}/algorithm`, { backbone: values.backbone, trainingInterval: null })

    const uploadStart = performance.now()
    await uploadAll(client, project, train, (image) => ({ ...image.bytes(), data: image.data(), ...groupOf(image) }))
    const uploadSeconds = (performance.now() - uploadStart) / 1000
    const run = await trainOnce(client, project, minutes)

    const guessStart = performance.now()
    const uploaded = await uploadAll(client, project, test, (image) => image.bytes())
    const images = await waitForGuesses(client, project, uploaded)
    const guessSeconds = (performance.now() - guessStart) / 1000
    const pairs = []
    for (const { id } of images) {
      const { data } = await readLabel(client, id)
      pairs.push({ guess: data, truth: uploaded.get(id)?.data() })
    }
    const figures = scoreLabels(taskType, classes, pairs)

    const corrected = images.slice(0, Number(values.corrected))
    for (const { id } of corrected) {
      const data = uploaded.get(id)?.data()
      await client.json('PUT', fillPath(routes.putLabel.path, { imageId: id }), { type: taskType, data })
    }
    const again = corrected.length > 0 ? await trainOnce(client, project, minutes) : null
    const result = {
      set: name,
      backbone: values.backbone,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      load: loadavg().map(round),
      trainImages: train.length,
      testImages: images.length,
      ...figures,
      trainingSeconds: secondsOf(run),
      heldOut: run.metrics && headlineOf(run.metrics),
      correctedImages: corrected.length,
      secondTrainingSeconds: again && secondsOf(again),
      uploadImagesPerSecond: round(train.length / uploadSeconds),
      guessImagesPerSecond: round(images.length / guessSeconds),
      uploadToNormalSeconds1024: await measureWaits(client, project),
    }
    console.log(JSON.stringify(result, null, 2))
    keepResult(`loop-${name}`, result)
  } finally {
    await server.stop()
    await removeData(server)
  }
}

function groupOf({ group }: LoopImage): { group?: string } {
  return group === null ? {} : { group }
}

function readLabel(client: Client, imageId: Image['id']): Promise<LabelFile> {
  return client.json('GET', fillPath(routes.getLabel.path, { imageId }))
}

function secondsOf({ startedAt, finishedAt }: Run): number {
  return round((Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000)
}

async function trainOnce(client: Client, project: Project, budget: number): Promise<Run> {
  const { id } = await client.train(project.id, budget)
  const run = await client.waitForRun(id, (budget + PATIENCE_MINUTES) * 60_000)
  if (run.state !== 'succeeded') throw new Error(`training ${run.state}: ${run.error?.message}`)
  return run
}

/** In requests of some images each; answers which image became which. */
async function uploadAll(
  client: Client,
  project: Project,
  images: readonly LoopImage[],
  send: (image: LoopImage) => Parameters<Client['upload']>[1][number],
): Promise<Map<Image['id'], LoopImage>> {
  const known = new Map<Image['id'], LoopImage>()
  for (let start = 0; start < images.length; start += BATCH) {
    const some = images.slice(start, start + BATCH)
    const items = await client.upload(project, some.map(send))
    items.forEach((item, index) => {
      const image = some[index]
      if (!('image' in item) || !image) throw new Error(`an image was refused: ${JSON.stringify(item)}`)
      known.set(item.image.id, image)
    })
  }
  return known
}

/** Seconds from the start of an upload of one 1024×1024 picture until its state is NORMAL, one after the other. */
async function measureWaits(client: Client, project: Project) {
  const seconds: number[] = []
  for (let index = 0; index < 30; index++) {
    const noise = { type: 'gaussian', mean: 100 + index, sigma: 20 } as const
    const bytes = await sharp({ create: { width: 1024, height: 1024, channels: 3, background: 'grey', noise } })
      .jpeg()
      .toBuffer()
    const start = performance.now()
    const [item] = await client.upload(project, [{ name: `wait-${index}.jpg`, bytes }])
    if (!item || !('image' in item)) throw new Error('a picture of the waiting test was refused')
    while ((await client.image(item.image.id)).state !== 'NORMAL')
      await new Promise((resolve) => setTimeout(resolve, 10))
    seconds.push((performance.now() - start) / 1000)
  }
  seconds.sort((a, b) => a - b)
  return { p50: round(seconds[15] as number), p95: round(seconds[28] as number) }
}

async function waitForGuesses(
  client: Client,
  project: Project,
  wanted: ReadonlyMap<Image['id'], LoopImage>,
): Promise<Image[]> {
  const end = Date.now() + 10 * 60_000
  while (Date.now() < end) {
    const images = (await client.images(project.id)).filter((image) => wanted.has(image.id))
    const failed = images.find((image) => image.problem)
    if (failed) throw new Error(`a test image has a problem: ${failed.problem?.message}`)
    if (images.length === wanted.size && images.every((image) => image.guess)) return images
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  throw new Error('the guesses did not come in time')
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
