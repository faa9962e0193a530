import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelVersion, Run } from '@vesalius/contracts'
import { openPredictor } from '@vesalius/engine/runner'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { goRemote, type Headers, imageOf, REMOTE_ENVIRONMENT, until } from '../../../testing/remote-world.ts'
import { openTestApp, signUp, type TestApp } from '../../../testing/test-app.ts'
import { uploadImage } from '../../../testing/uploads.ts'
import { runWorker } from './run-worker.ts'
import { openWorkerApi } from './worker-api.ts'
import { runWorkerCommand } from './worker-command.ts'
import { type Hold, openWorkerStore } from './worker-store.ts'

const predictor = openPredictor()
let test: TestApp
let owner: Headers
let url: string
let projectId: string
let token: string
let folder: string

beforeAll(async () => {
  test = await openTestApp({ worker: true, predictor, environment: REMOTE_ENVIRONMENT })
  await test.app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`
  owner = await signUp(test.app, 'owner')
  folder = await mkdtemp(join(tmpdir(), 'vesalius-worker-'))
  const payload = { name: 'Discs', taskType: 1001, classes: ['dark', 'bright'] }
  projectId = (await api('POST', '/projects', payload)).json().id
  await goRemote(test, owner, projectId, { kind: 'worker' })
  token = (await api('POST', `/projects/${projectId}/worker-tokens`, { name: 'w', expiresInDays: 1 })).json().secret
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

const api = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers: owner, ...(payload ? { payload } : {}) })

let seed = 0
async function newImage(value: number) {
  seed += 1
  const grey = Uint8Array.from({ length: 32 * 32 }, (_, at) => (value === 1 ? 190 : 40) + ((at * 7 + seed * 13) % 50))
  const bytes = await sharp(grey, { raw: { width: 32, height: 32, channels: 1 } })
    .png()
    .toBuffer()
  return uploadImage(test.app, owner, projectId, { bytes, name: `${seed}.png` })
}

async function startWorker() {
  const stopping = new AbortController()
  const holds = new Set<Hold>()
  const store = await openWorkerStore(folder, { maximumBytes: 2 ** 28, holds })
  const own = openPredictor()
  const tools = { api: openWorkerApi({ url, token }), store, predictor: own, threads: 1 }
  const running = runWorker(tools, {
    ...{ name: 'test', kinds: ['prelabel', 'training'], holds, signal: stopping.signal },
    tell: () => {},
  })
  return {
    stop: async () => {
      stopping.abort()
      await running
      await own.close()
    },
  }
}

it('trains on its own disk, brings a model that the gate looks at, and then makes the first guesses', async () => {
  for (let index = 0; index < 24; index += 1) {
    const image = await newImage(index % 2)
    await until(async () => (await imageOf(test, owner, image.id)).state === 'NORMAL')
    await api('PUT', `/images/${image.id}/label`, {
      type: 1001,
      data: { key: { 0: 'dark', 1: 'bright' }, value: index % 2 },
    })
  }
  const algorithm = (await api('GET', `/projects/${projectId}/algorithm`)).json()
  await api('PUT', `/projects/${projectId}/algorithm`, { ...algorithm, imageSize: 32, trainingInterval: null })
  const worker = await startWorker()
  try {
    const run: Run = (await api('POST', `/projects/${projectId}/runs`, { budgetMinutes: 0.05 })).json()
    const ended = await until(async () => {
      const now: Run = (await api('GET', `/runs/${run.id}`)).json()
      return ['succeeded', 'failed', 'cancelled'].includes(now.state) && now
    })
    expect([ended.state, ended.error]).toEqual(['succeeded', null])
    expect(ended.curve.length).toBeGreaterThan(0)
    const model: ModelVersion = (await api('GET', `/projects/${projectId}/models`)).json().items[0]
    expect(model.lineage).toMatchObject({ backbone: 'compact', imageSize: 32 })
    expect(await readdir(join(folder, 'runs'))).toEqual([])
    if (model.state !== 'serving') await api('POST', `/models/${model.id}/promote`)
    const image = await newImage(1)
    await until(async () => (await imageOf(test, owner, image.id)).state === 'NORMAL')
    const label = (await api('GET', `/images/${image.id}/label`)).json()
    expect(label.meta.author).toEqual({ kind: 'model', modelVersionId: model.id })
    const [here] = await predictor.predict(join(test.dataDirectory, model.uri), [join(test.dataDirectory, image.uri)])
    expect(here && 'probabilities' in here ? here.probabilities[1] : null).toBeCloseTo(label.data.value, 4)
  } finally {
    await worker.stop()
  }
}, 300_000)

it('gives what it holds back when it is stopped', async () => {
  const run: Run = (await api('POST', `/projects/${projectId}/runs`, { budgetMinutes: 10, scope: 'whole' })).json()
  const worker = await startWorker()
  const stateOf = async () =>
    (await test.context.db.selectFrom('remote_jobs').select('state').where('run_id', '=', run.id).executeTakeFirst())
      ?.state
  await until(async () => (await stateOf()) === 'leased')
  await worker.stop()
  expect(await stateOf()).toBe('waiting')
  await test.app.inject({ method: 'DELETE', url: `/api/v1/runs/${run.id}`, headers: owner })
  await until(async () => (await stateOf()) === 'cancelled')
})

it('ends when its token is revoked, and says how it is called', async () => {
  const told: string[] = []
  const wrong = `vsw_${'x'.repeat(43)}`
  const data = join(folder, 'other')
  expect(await runWorkerCommand(['--url', url, '--token', wrong, '--data', data], (line) => told.push(line))).toBe(1)
  expect(told.at(-1)).toContain('revoked')
  for (const args of [
    [],
    ['--url', 'ftp://x'],
    ['--url', url, '--token', 'short'],
    ['--url', url, '--token', wrong, '--cpus', '0'],
  ]) {
    expect(await runWorkerCommand(args, (line) => told.push(line)), args.join(' ')).toBe(2)
  }
  expect(told.at(-1)).toContain('vesalius worker --url')
})
