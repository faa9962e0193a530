/**
 * How long does a person wait for the first guess of one image, while nothing runs and while a training does? Through HTTP:
 * from the start of the upload until the image's state is NORMAL, one image after the other, for a project of each kind.
 * `npm run bench -- latency [rbc12] [bccd] [nuclei] [--images 40]`
 */
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { Project, Run } from '@vesalius/contracts'
import { Client, type UploadFile } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'
import { openLoopSet } from '../lib/sets/loop-sets.ts'
import { quantile } from '../lib/statistics.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { images: { type: 'string', default: '40' } },
})
/** Enough to learn something from; what the model is worth is not asked here. */
const TAUGHT = 60
const FIRST_TRAINING = 2
const SECOND_TRAINING = 20
const names = positionals.length > 0 ? positionals : ['rbc12', 'bccd', 'nuclei']
const results: Record<string, unknown> = {}
for (const name of names) {
  results[name] = await measure(name)
  console.log(name, JSON.stringify(results[name]))
}
keepResult('latency', { machine: `${cpus().length} × ${cpus()[0]?.model}`, goal: { p95: 2 }, load: loadavg(), results })

async function measure(name: string) {
  const set = await openLoopSet(name)
  const server = await startServer()
  try {
    const client = new Client(server.url)
    await client.register('bench')
    const project = await client.createProject(name, set.taskType, set.classes)
    await client.json('PUT', `/projects/${project.id}/algorithm`, { trainingInterval: null })
    const stride = Math.max(1, Math.floor(set.train.length / TAUGHT))
    const taught = set.train.filter((_, at) => at % stride === 0)
    for (const image of taught) await client.upload(project, [{ ...image.bytes(), data: image.data() }])
    const first = await client.train(project.id, FIRST_TRAINING)
    const { state, error } = await client.waitForRun(first.id, 30 * 60_000)
    if (state !== 'succeeded') throw new Error(`the first training ${state}: ${error?.message}`)

    const images = set.test.slice(0, Number(values.images)).map((image) => () => image.bytes())
    // The first guess opens the model.
    await waitForGuess(client, project, images[0]?.() as UploadFile)
    const idle = await measureWaits(client, project, images)
    const run = await client.train(project.id, SECOND_TRAINING)
    await untilTraining(client, run)
    const training = await measureWaits(client, project, images)
    const { state: still } = await client.json<Run>('GET', `/runs/${run.id}`)
    if (still !== 'running') throw new Error('the training ended before the guesses were made')
    await client.json('DELETE', `/runs/${run.id}`)
    return { images: images.length, idle, training }
  } finally {
    await server.stop()
    await removeData(server)
  }
}

async function untilTraining(client: Client, { id }: Run): Promise<void> {
  for (;;) {
    const { state, progress } = await client.json<Run>('GET', `/runs/${id}`)
    if (progress.phase === 'training' && progress.step > 2) return
    if (state !== 'pending' && state !== 'running') throw new Error(`the training ${state} before it was asked`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Seconds. */
async function measureWaits(client: Client, project: Project, images: readonly (() => UploadFile)[]) {
  const seconds: number[] = []
  for (const open of images) seconds.push(await waitForGuess(client, project, open()))
  const round = (value: number) => Math.round(value * 1000) / 1000
  return { p50: round(quantile(seconds, 0.5)), p95: round(quantile(seconds, 0.95)), most: round(Math.max(...seconds)) }
}

async function waitForGuess(client: Client, project: Project, file: UploadFile): Promise<number> {
  const start = performance.now()
  const [item] = await client.upload(project, [file])
  if (!item || !('image' in item)) throw new Error(`${file.name} was refused`)
  for (;;) {
    const { state, problem } = await client.image(item.image.id)
    if (problem) throw new Error(`${file.name}: ${problem.message}`)
    if (state === 'NORMAL') return (performance.now() - start) / 1000
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
