/**
 * Does the loop turn for real data? Through HTTP like a user: upload the training set as annotated, train, upload the
 * test set, compare the guesses with the truth. `npm run bench -- loop [pneumoniamnist|rbc12] [--minutes 5]`
 */
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Image, ImageType, Prediction } from '@vesalius/contracts'
import { headlineOf, readClassAnswer } from '@vesalius/contracts'
import { measureClassification } from '@vesalius/engine'
import sharp from 'sharp'
import { type ClassFile, dataFolder, readBytes, readClassFolders } from '../lib/class-folders.ts'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '4.5' }, backbone: { type: 'string', default: 'compact' } },
})
const minutes = Number(values.minutes)
const sets: Record<string, ImageType> = { pneumoniamnist: 1001, rbc12: 1003 }
/** What an image belongs to, so that a split keeps it together: cells of one smear; a chest X-ray stands alone. */
const groups: Record<string, (image: string) => string> = { rbc12: (image) => image.split('_')[0] ?? image }
const BATCH = 40

for (const name of positionals.length > 0 ? positionals : Object.keys(sets)) await runLoop(name)

async function runLoop(name: string): Promise<void> {
  const train = readClassFolders(join(dataFolder, name, 'train'))
  const test = readClassFolders(join(dataFolder, name, 'test'), train.classes)
  const server = await startServer()
  try {
    const client = new Client(server.url)
    await client.register('bench')
    const project = await client.createProject(name, sets[name] as ImageType, train.classes)
    await client.json('PUT', `/projects/${project.id}/algorithm`, { backbone: values.backbone, trainingInterval: null })

    const uploadStart = performance.now()
    for (const files of chunks(train.files)) {
      await client.upload(
        project,
        files.map((file) => annotated(file, groups[name]?.(file.name))),
      )
    }
    const uploadSeconds = (performance.now() - uploadStart) / 1000

    const started = await client.train(project.id, minutes)
    const run = await client.waitForRun(started.id, (minutes + 3) * 60_000)
    if (run.state !== 'succeeded') throw new Error(`training ${run.state}: ${run.error?.message}`)
    const trainingSeconds = (Date.parse(run.finishedAt ?? '') - Date.parse(run.startedAt ?? '')) / 1000

    const guessStart = performance.now()
    const truth = new Map<string, number>()
    for (const files of chunks(test.files)) {
      const items = await client.upload(project, files.map(plain))
      items.forEach((item, index) => {
        if ('image' in item) truth.set(item.image.id, files[index]?.value ?? -1)
      })
    }
    const images = await waitForGuesses(client, project.id, truth)
    const guessSeconds = (performance.now() - guessStart) / 1000
    const answers = await readAnswers(client, images)
    const metrics = measureClassification(
      train.classes,
      images.map((image) => truth.get(image.id) ?? 0),
      answers,
    )
    const waits = await measureWaits(client, project.id)
    const result = {
      set: name,
      backbone: values.backbone,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      trainImages: train.files.length,
      testImages: images.length,
      accuracy: metrics.accuracy,
      auroc: metrics.auroc,
      ece: metrics.ece,
      trainingSeconds: round(trainingSeconds),
      uploadImagesPerSecond: round(train.files.length / uploadSeconds),
      guessImagesPerSecond: round(images.length / guessSeconds),
      uploadToNormalSeconds1024: waits,
      validation: run.metrics && headlineOf(run.metrics).value,
    }
    console.log(JSON.stringify(result, null, 2))
    keepResult(`loop-${name}`, result)
  } finally {
    await server.stop()
    await removeData(server)
  }
}

/** Seconds from the start of an upload of one 1024×1024 picture until its state is NORMAL, one after the other. */
async function measureWaits(client: Client, projectId: string) {
  const project = await client.json<{ id: never; taskType: ImageType; classes: string[] }>(
    'GET',
    `/projects/${projectId}`,
  )
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

async function waitForGuesses(client: Client, projectId: string, truth: Map<string, number>): Promise<Image[]> {
  const end = Date.now() + 10 * 60_000
  while (Date.now() < end) {
    const images = (await client.images(projectId)).filter((image) => truth.has(image.id))
    const failed = images.find((image) => image.problem)
    if (failed) throw new Error(`a test image has a problem: ${failed.problem?.message}`)
    if (images.length === truth.size && images.every((image) => image.guess)) return images
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  throw new Error('the guesses did not come in time')
}

async function readAnswers(client: Client, images: Image[]): Promise<number[][]> {
  const answers: number[][] = []
  for (const image of images) {
    const { items } = await client.json<{ items: Prediction[] }>('GET', `/images/${image.id}/predictions`)
    const answer = readClassAnswer(items[0]?.data as never)
    if (!answer) throw new Error('a prediction holds no answer')
    answers.push(answer.weights)
  }
  return answers
}

function chunks(files: ClassFile[]): ClassFile[][] {
  return Array.from({ length: Math.ceil(files.length / BATCH) }, (_, index) =>
    files.slice(index * BATCH, (index + 1) * BATCH),
  )
}

function annotated(file: ClassFile, group?: string) {
  return { name: file.name, bytes: readBytes(file), value: file.value, ...(group === undefined ? {} : { group }) }
}

function plain(file: ClassFile) {
  return { name: file.name, bytes: readBytes(file) }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
