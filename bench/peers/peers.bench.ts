/**
 * Do real programs of others work with us? MLServer (Open Inference Protocol), a machine learning backend of Label Studio and
 * MONAI Label answer for a project each, on loopback, and their answers are compared with what they must be. Our own
 * worker in a second process with a folder of its own trains, is killed on the way (SIGKILL), comes back and ends it; then
 * its model makes guesses, and NVIDIA's client asks us for the same ones.
 * `VESALIUS_BENCH_PEERS` names a folder with Python environments `mlserver`, `label-studio` and `monai`
 * (`pip install mlserver tritonclient[http]`, `label-studio-ml`, `monailabel "pydicom<3" "pynetdicom<3" "dicomweb-client<0.60"`); those that are missing are left out, and said so.
 * `npm run bench -- peers [--only worker,mlserver] [--keep]`; it needs no data.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { decodeRle, type Image, type ImageType, type LabelFile, type ModelVersion, type Run } from '@vesalius/contracts'
import sharp from 'sharp'
import { Client } from '../lib/client.ts'
import { keepResult } from '../lib/keep-result.ts'
import { removeData, startServer } from '../lib/server-process.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'worker,mlserver,label-studio,monai' },
    keep: { type: 'boolean', default: false },
  },
})
const wanted = values.only.split(',')
const peers = process.env.VESALIUS_BENCH_PEERS ?? ''
const pythonOf = (name: string) => join(peers, name, 'bin', 'python')
const here = fileURLToPath(new URL('./servers', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'vesalius-peers-'))
const children: ChildProcess[] = []
const results: Record<string, unknown> = {}
const VALUES = [20, 60, 90, 170, 200, 240]

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const port = await freePort()
const server = await startServer({
  environment: {
    VESALIUS_PORT: String(port),
    VESALIUS_PUBLIC_URL: `http://127.0.0.1:${port}`,
    VESALIUS_OUTGOING_ALLOW: '127.0.0.1',
  },
})
const client = new Client(server.url)
try {
  await client.register('owner')
  if (wanted.includes('mlserver')) await attempt('mlserver', askMlServer)
  if (wanted.includes('label-studio')) await attempt('label-studio', askLabelStudio)
  if (wanted.includes('monai')) await attempt('monai', askMonai)
  if (wanted.includes('worker')) await attempt('worker', useWorker, true)
  console.log(JSON.stringify(results, null, 1))
  if (values.keep) keepResult('peers', results)
} finally {
  for (const child of children) child.kill('SIGKILL')
  await server.stop()
  await removeData(server)
  await rm(folder, { recursive: true, force: true })
}

async function attempt(name: string, run: () => Promise<unknown>, isOurs = false): Promise<void> {
  if (!isOurs && !existsSync(pythonOf(name))) {
    results[name] = 'not installed'
    return
  }
  try {
    results[name] = await run()
  } catch (error) {
    results[name] = { failed: (error as Error).message.slice(0, 500) }
    process.exitCode = 1
  }
  console.log(name, JSON.stringify(results[name]))
}

/** Waits until something is so. */
async function until<Value>(
  what: string,
  look: () => Promise<Value | false | null | undefined>,
  seconds = 120,
): Promise<Value> {
  for (let tries = 0; tries < seconds * 5; tries += 1) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`${what}: not within ${seconds} s`)
}

function start(command: string, args: string[], environment: Record<string, string> = {}, cwd = folder): ChildProcess {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-1500)
    })
  }
  child.on('exit', (code) => code && console.log(`${command.split('/').at(-1)} ended with ${code}: ${said}`))
  return child
}

function answers(url: string) {
  return () =>
    fetch(url).then(
      (response) => response.ok,
      () => false,
    )
}

async function picture(value: number, seed: number): Promise<Buffer> {
  const grey = Uint8Array.from({ length: 32 * 24 }, (_, at) => value + ((at * 7 + seed * 13) % 11))
  return sharp(grey, { raw: { width: 32, height: 24, channels: 1 } })
    .png()
    .toBuffer()
}

/** A project that is asked of a server; answers the label of each image. */
async function askAbout(taskType: ImageType, classes: string[], settings: object, pictures: Buffer[]) {
  const project = await client.createProject(JSON.stringify(settings).slice(0, 60), taskType, classes)
  const base = `/projects/${project.id}`
  await client.json('PUT', `${base}/remote`, { fallsBack: false, ...settings })
  const algorithm = await client.json<object>('GET', `${base}/algorithm`)
  await client.json('PUT', `${base}/algorithm`, { ...algorithm, strategy: 'remote', trainingInterval: null })
  const files = pictures.map((bytes, index) => ({ name: `${index}.png`, bytes }))
  const images = (await client.upload(project, files)).flatMap((item) => ('image' in item ? [item.image] : []))
  const trial = await client.json<{ problem: string | null; milliseconds: number }>('POST', `${base}/remote/try`, {})
  if (trial.problem) throw new Error(trial.problem)
  const labels = await Promise.all(images.map((image) => labelOf(image)))
  return { labels, milliseconds: trial.milliseconds }
}

async function labelOf({ id }: Image): Promise<LabelFile['data']> {
  await until('a guess', async () => {
    const now = await client.image(id)
    if (now.problem) throw new Error(now.problem.message)
    return now.state === 'NORMAL'
  })
  return (await client.json<LabelFile>('GET', `/images/${id}/label`)).data
}

async function askMlServer() {
  const [http, grpc, metrics] = [await freePort(), await freePort(), await freePort()]
  const directory = join(folder, 'mlserver')
  await mkdir(directory)
  const ports = { host: '127.0.0.1', http_port: http, grpc_port: grpc, metrics_port: metrics, parallel_workers: 0 }
  await writeFile(join(directory, 'settings.json'), JSON.stringify(ports))
  const inputs = [{ name: 'image', datatype: 'UINT8', shape: [1, 16, 16, 3] }]
  const model = { name: 'brightness', implementation: 'brightness.Brightness', inputs }
  await writeFile(join(directory, 'model-settings.json'), JSON.stringify(model))
  start(join(peers, 'mlserver', 'bin', 'mlserver'), ['start', directory], { PYTHONPATH: here })
  await until('MLServer', answers(`http://127.0.0.1:${http}/v2/models/brightness/ready`))
  const settings = {
    kind: 'open-inference',
    url: `http://127.0.0.1:${http}`,
    model: 'brightness',
    tensors: { scale: 'raw' },
  }
  return judgeBrightness(await askAbout(1003, ['dark', 'bright'], settings, await pictures()))
}

async function askLabelStudio() {
  const own = await freePort()
  const environment = { LABEL_STUDIO_ML_BACKEND_V2: 'true' }
  start(pythonOf('label-studio'), [join(here, 'label_studio_backend.py'), String(own)], environment)
  await until('the backend', answers(`http://127.0.0.1:${own}/health`))
  const settings = { kind: 'label-studio', url: `http://127.0.0.1:${own}`, sends: 'bytes' }
  return judgeBrightness(await askAbout(1003, ['dark', 'bright'], settings, await pictures()))
}

function pictures() {
  return Promise.all(VALUES.map((value, index) => picture(value, index)))
}

function judgeBrightness({ labels, milliseconds }: Awaited<ReturnType<typeof askAbout>>) {
  const right = labels.filter((data, index) => {
    const { value, weight } = data as { value: number; weight: number[] }
    const expected = ((VALUES[index] ?? 0) + 5) / 255
    const place = Number(expected >= 0.5)
    return value === place && Math.abs((weight[1] ?? 0) - expected) < 0.02
  }).length
  if (right < labels.length) throw new Error(`${right} of ${labels.length} answers as they must be`)
  return { images: labels.length, right, milliseconds }
}

async function askMonai() {
  const own = await freePort()
  const studies = join(folder, 'studies')
  await mkdir(studies)
  const args = ['-m', 'monailabel.main', 'start_server', '--app', join(here, 'monai-app'), '--studies', studies]
  start(pythonOf('monai'), [...args, '--host', '127.0.0.1', '--port', String(own)], { PYTHONDONTWRITEBYTECODE: '1' })
  await until('MONAI Label', answers(`http://127.0.0.1:${own}/info/`), 240)
  const half = Uint8Array.from({ length: 40 * 30 }, (_, at) => (at % 40 < 13 ? 220 : 30))
  const png = await sharp(half, { raw: { width: 40, height: 30, channels: 1 } })
    .png()
    .toBuffer()
  const settings = { kind: 'monai', url: `http://127.0.0.1:${own}`, model: 'threshold' }
  const { labels, milliseconds } = await askAbout(3001, ['bright', 'other'], settings, [png])
  const { masks, size } = labels[0] as { masks: { class: number; rle: string }[]; size: [number, number] }
  const mask = masks[0] && decodeRle(masks[0].rle, size)
  const wrong = mask ? half.filter((value, at) => mask[at] !== Number(value > 127)).length : half.length
  if (wrong > 0 || masks[0]?.class !== 0) throw new Error(`${wrong} of ${half.length} pixels are wrong`)
  return { images: 1, pixels: half.length, wrong, milliseconds }
}

async function useWorker() {
  const project = await client.createProject('Worker', 1001, ['dark', 'bright'])
  const base = `/projects/${project.id}`
  const files = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => ({
      ...{ name: `${index}.png`, value: index % 2, bytes: await picture(index % 2 === 1 ? 190 : 40, index) },
    })),
  )
  await client.upload(project, files)
  await client.json('PUT', `${base}/remote`, { kind: 'worker' })
  const algorithm = await client.json<object>('GET', `${base}/algorithm`)
  await client.json('PUT', `${base}/algorithm`, {
    ...algorithm,
    strategy: 'remote',
    trainingInterval: null,
    imageSize: 32,
  })
  const token = await client.json<{ secret: string }>('POST', `${base}/worker-tokens`, {
    name: 'bench',
    expiresInDays: 1,
  })
  const data = join(folder, 'worker')
  const work = () =>
    start(
      process.execPath,
      ['server/bin/vesalius.ts', 'worker', '--url', server.url, '--token', token.secret, '--data', data, '--cpus', '1'],
      {},
      root,
    )
  const first = work()
  const run = await client.json<Run>('POST', `${base}/runs`, { budgetMinutes: 0.3 })
  const runNow = () => client.json<Run>('GET', `/runs/${run.id}`)
  await until('the training', async () => (await runNow()).curve.length > 0)
  first.kill('SIGKILL')
  const killed = performance.now()
  work()
  const ended = await until(
    'its end',
    async () => {
      const now = await runNow()
      return ['succeeded', 'failed', 'cancelled'].includes(now.state) && now
    },
    240,
  )
  if (ended.state !== 'succeeded') throw new Error(`${ended.state}: ${ended.error?.message}`)
  const secondsAfterKill = Math.round((performance.now() - killed) / 1000)
  const [model] = (await client.json<{ items: ModelVersion[] }>('GET', `${base}/models`)).items
  if (!model) throw new Error('there is no model')
  if (model.state !== 'serving') await client.json('POST', `/models/${model.id}/promote`)
  const fresh = await Promise.all([45, 185].map((value, index) => picture(value, 100 + index)))
  const items = await client.upload(
    project,
    fresh.map((bytes, index) => ({ name: `fresh ${index}.png`, bytes })),
  )
  const images = items.flatMap((item) => ('image' in item ? [item.image] : []))
  const guesses = await Promise.all(images.map(async (image) => (await labelOf(image)) as { value: number }))
  const shares = guesses.map(({ value }) => value)
  if (!((shares[0] ?? 1) < 0.5 && (shares[1] ?? 0) > 0.5)) throw new Error(`guesses are ${shares.join(', ')}`)
  return {
    secondsAfterKill,
    epochs: ended.curve.length,
    guesses: shares,
    triton: await askUs(project.id, fresh, shares),
  }
}

/** NVIDIA's client asks our server about the same pictures. */
async function askUs(projectId: string, fresh: Buffer[], shares: number[]) {
  if (!existsSync(pythonOf('mlserver'))) return 'not installed'
  const token = await client.json<{ secret: string }>('POST', '/tokens', { name: 'triton', expiresInDays: 1 })
  const paths = fresh.map((_, index) => join(folder, `fresh-${index}.png`))
  await Promise.all(fresh.map((bytes, index) => writeFile(paths[index] as string, bytes)))
  const args = [join(here, 'ask_open_inference.py'), `127.0.0.1:${port}`, projectId, token.secret, ...paths]
  const { stdout } = await promisify(execFile)(pythonOf('mlserver'), args)
  const said = JSON.parse(stdout) as number[][]
  const differs = said.findIndex(([, bright]) => !shares.some((share) => Math.abs(share - (bright ?? -1)) < 1e-3))
  if (differs >= 0) throw new Error(`the answers differ: ${stdout.trim()} and ${shares.join(', ')}`)
  return { pictures: said.length, equal: said.length }
}
