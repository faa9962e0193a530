import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ModelVersion, Run } from '@vesalius/contracts'
import { openPredictor, type Predictor } from '@vesalius/engine/runner'
import { writeForeignNetwork } from '@vesalius/engine/testing'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { upload } from '../../testing/uploads.ts'

let test: TestApp
let predictor: Predictor
let folder: string
let owner: { cookie: string }
let projectId: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vesalius-scope-'))
  predictor = openPredictor()
  test = await openTestApp({ predictor, worker: true })
  owner = await signUp(test.app, 'owner')
  const made = await api('POST', '/projects', { name: 'Shades', taskType: 1001, classes: ['dark', 'bright'] })
  projectId = made.json().id
  await api('PUT', `/projects/${projectId}/algorithm`, { trainingInterval: null })
  for (const [index, shade] of [20, 220, 40, 200, 60, 240].entries()) await uploadAnnotated(index % 2, shade)
})
afterAll(async () => {
  await test.close()
  await predictor.close()
  await rm(folder, { recursive: true, force: true })
})

const api = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers: owner, ...(payload ? { payload } : {}) })

async function uploadAnnotated(value: number, shade: number): Promise<void> {
  const background = { r: shade, g: shade, b: shade }
  const png = await sharp({ create: { width: 20, height: 20, channels: 3, background } })
    .png()
    .toBuffer()
  const label = { type: 1001, data: { key: { '0': 'dark', '1': 'bright' }, value } }
  const answer = await upload(test.app, owner, projectId, [{ name: `${shade}.png`, bytes: png, label }])
  expect(answer.status).toBe(201)
}

async function train(body: object): Promise<ModelVersion> {
  const started = await api('POST', `/projects/${projectId}/runs`, { budgetMinutes: 0.05, ...body })
  expect(started.statusCode, started.body).toBe(201)
  for (;;) {
    const run = (await api('GET', `/runs/${started.json().id}`)).json() as Run
    if (run.state === 'pending' || run.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 50))
      continue
    }
    expect(run.error).toBeNull()
    const models: ModelVersion[] = (await api('GET', `/projects/${projectId}/models`)).json().items
    const model = models.find(({ id }) => id === run.modelVersionId)
    if (!model) throw new Error('the run made no model')
    return model
  }
}

describe('what a training changes', () => {
  it('is the whole network or its last layer, as the settings or the person say; the model tells which', async () => {
    const first = await train({})
    expect(first.lineage).toMatchObject({ backbone: 'compact', base: null, scope: 'whole', parentId: null })
    const second = await train({ scope: 'head' })
    expect(second.lineage).toMatchObject({ backbone: 'compact', scope: 'head' })
    const algorithm = await api('PUT', `/projects/${projectId}/algorithm`, {
      trainingInterval: null,
      trainingScope: 'head',
    })
    expect(algorithm.json().trainingScope).toBe('head')
    expect((await train({})).lineage?.scope).toBe('head')
  })

  it('is a last layer of our own on a network of another program, which trainings then go on from', async () => {
    await mkdir(join(test.dataDirectory, 'models'))
    const file = join(test.dataDirectory, 'models', 'features.onnx')
    await writeFile(file, writeForeignNetwork())
    const modelUri = pathToFileURL(file).href
    const set = await api('PUT', `/projects/${projectId}/algorithm`, { trainingInterval: null, modelUri })
    expect(set.statusCode, set.body).toBe(200)
    const base = set.json().modelUri
    const first = await train({})
    expect(first.lineage).toMatchObject({ backbone: 'imported', base })
    await api('POST', `/models/${first.id}/promote`)
    const second = await train({})
    expect(second.lineage).toMatchObject({ backbone: 'imported', base, parentId: first.id })
    const back = await api('PUT', `/projects/${projectId}/algorithm`, { trainingInterval: null })
    expect(back.json().modelUri).toBeNull()
    expect((await train({})).lineage).toMatchObject({ backbone: 'compact', base: null, parentId: null })
  })

  it('is the whole network where there are boxes or masks', async () => {
    const made = await api('POST', '/projects', { name: 'Boxes', taskType: 2001, classes: ['lesion'] })
    const run = await api('POST', `/projects/${made.json().id}/runs`, { scope: 'head' })
    expect(run.json().code).toBe('VALIDATION_FAILED')
    const settings = await api('PUT', `/projects/${made.json().id}/algorithm`, { trainingScope: 'head' })
    expect(settings.json().code).toBe('VALIDATION_FAILED')
  })
})
