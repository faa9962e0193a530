import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ModelVersion } from '@vesalius/contracts'
import { familyOf } from '@vesalius/engine'
import { openPredictor, type Predictor } from '@vesalius/engine/runner'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'

let test: TestApp
let predictor: Predictor
let folder: string
let model: Buffer
let owner: { cookie: string }
let bucket: Server
const asked: { url: string | undefined; authorization: string | undefined }[] = []

beforeAll(async () => {
  bucket = createServer(({ url, headers: { authorization } }, response) => {
    asked.push({ url, authorization })
    response.end(model)
  }).listen(0, '127.0.0.1')
  await once(bucket, 'listening')
  const endpoint = `http://127.0.0.1:${(bucket.address() as AddressInfo).port}`
  folder = await mkdtemp(join(tmpdir(), 'vesalius-import-'))
  predictor = openPredictor()
  test = await openTestApp({
    predictor,
    environment: {
      VESALIUS_OUTGOING_ALLOW: '127.0.0.1',
      VESALIUS_IMPORT_BUCKETS: `s3://models?endpoint=${endpoint}`,
      VESALIUS_IMPORT_KEY_ID: 'key',
      VESALIUS_IMPORT_KEY_SECRET: 'secret',
    },
  })
  owner = await signUp(test.app, 'owner')
  const { modelFile } = await familyOf(1001).train({
    ...{ taskType: 1001, classes: ['dark', 'bright'], items: await drawItems(), backbone: 'compact', imageSize: 16 },
    ...{ seed: 1, budgetMinutes: 0.02, warmStartModel: null, directory: folder },
  })
  model = await readFile(modelFile)
})
afterAll(async () => {
  await test.close()
  await predictor.close()
  bucket.close()
  await rm(folder, { recursive: true, force: true })
})

async function drawItems() {
  const shades = [20, 40, 60, 200, 220, 240]
  return Promise.all(
    shades.map(async (shade, index) => {
      const file = join(folder, `${shade}.png`)
      const size = { width: 16, height: 16, channels: 3 as const, background: { r: shade, g: shade, b: shade } }
      await sharp({ create: size }).png().toFile(file)
      return { imageId: String(index), file, value: index < 3 ? 0 : 1, group: String(index) }
    }),
  )
}

const api = (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers: owner, ...(payload ? { payload } : {}) })

async function makeProject(taskType: number, classes: string[]): Promise<string> {
  return (await api('POST', '/projects', { name: 'Discs', taskType, classes })).json().id
}

async function importFile(projectId: string, bytes: Uint8Array, headers = owner) {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), 'mine.onnx')
  const request = new Request('http://localhost', { method: 'POST', body: form })
  return test.app.inject({
    method: 'POST',
    url: `/api/v1/projects/${projectId}/models`,
    headers: { ...headers, 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  })
}

const models = async (projectId: string): Promise<ModelVersion[]> =>
  (await api('GET', `/projects/${projectId}/models`)).json().items

describe('a model that a person brings along', () => {
  it('becomes a candidate with the same bytes and can be promoted', async () => {
    const projectId = await makeProject(1001, ['dark', 'bright'])
    const answer = await importFile(projectId, model)
    expect(answer.statusCode, answer.body).toBe(201)
    const imported = answer.json() as ModelVersion
    expect(imported).toMatchObject({
      ...{ number: 1, state: 'candidate', runId: null, lineage: null },
      imported: { fileName: 'mine.onnx', canPredict: true, canLearn: true, backbone: 'compact' },
    })
    const file = await api('GET', `/models/${imported.id}/file`)
    expect(file.rawPayload.equals(model)).toBe(true)
    expect((await api('POST', `/models/${imported.id}/promote`)).json().state).toBe('serving')
  })

  it('of other classes cannot make guesses, and trainings can go on from it', async () => {
    const projectId = await makeProject(1003, ['a', 'b', 'c'])
    const imported = (await importFile(projectId, model)).json() as ModelVersion
    expect(imported.imported).toMatchObject({ canPredict: false, canLearn: true })
    expect((await api('POST', `/models/${imported.id}/promote`)).json().code).toBe('MODEL_UNUSABLE')
    const path = `/projects/${projectId}/algorithm`
    const other = await api('PUT', path, { modelUri: imported.uri, backbone: 'resnet18' })
    expect(other.statusCode).toBe(422)
    expect((await api('PUT', path, { modelUri: imported.uri })).json().modelUri).toBe(imported.uri)
    const foreign = await makeProject(1001, ['x', 'y'])
    const elsewhere = await api('PUT', `/projects/${foreign}/algorithm`, { modelUri: imported.uri })
    expect(elsewhere.json().code).toBe('VALIDATION_FAILED')
  })

  it('is refused with the reason, and nothing is kept, when it is damaged, for another task or no model', async () => {
    const projectId = await makeProject(2001, ['lesion'])
    const files = [model, model.subarray(0, model.length / 2), Buffer.from('not a model'), Buffer.alloc(0)]
    for (const bytes of files) {
      const answer = await importFile(projectId, bytes)
      expect(answer.json(), answer.body).toMatchObject({ status: 422, code: 'MODEL_UNUSABLE' })
    }
    expect(await models(projectId)).toEqual([])
  })

  it('is fetched from an address that the settings name, through the guard of outgoing calls', async () => {
    const projectId = await makeProject(1001, ['dark', 'bright'])
    const path = `/projects/${projectId}/algorithm`
    const server = createServer((_request, response) => response.end(model)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const set = await api('PUT', path, { modelUri: `http://127.0.0.1:${port}/mine.onnx` })
    expect(set.statusCode, set.body).toBe(200)
    expect(await models(projectId)).toMatchObject([{ uri: set.json().modelUri, imported: { fileName: 'mine.onnx' } }])
    const broken = await api('PUT', path, { modelUri: 's3://models/%zz.onnx' })
    expect(broken.json().code).toBe('VALIDATION_FAILED')
    const inside = await api('PUT', path, { modelUri: 'http://10.0.0.1/mine.onnx' })
    expect(inside.json().code).toBe('OUTGOING_REFUSED')
    server.close()
  })

  it('is taken from the folder of models by a file address, and from no other place', async () => {
    const projectId = await makeProject(1001, ['dark', 'bright'])
    const path = `/projects/${projectId}/algorithm`
    const models = join(test.dataDirectory, 'models')
    await mkdir(models)
    await writeFile(join(models, 'mine.onnx'), model)
    await writeFile(join(test.dataDirectory, 'other.onnx'), model)
    await symlink(join(test.dataDirectory, 'other.onnx'), join(models, 'link.onnx'))
    const set = await api('PUT', path, { modelUri: pathToFileURL(join(models, 'mine.onnx')).href })
    expect(set.statusCode, set.body).toBe(200)
    for (const file of [join(models, 'link.onnx'), join(test.dataDirectory, 'other.onnx'), join(models, 'none.onnx')]) {
      expect((await api('PUT', path, { modelUri: pathToFileURL(file).href })).json().code).toBe('VALIDATION_FAILED')
    }
  })

  it('is taken from a bucket, signed with the keys of the installation', async () => {
    const projectId = await makeProject(1001, ['dark', 'bright'])
    const set = await api('PUT', `/projects/${projectId}/algorithm`, { modelUri: 's3://models/lungs/my%20net.onnx' })
    expect(set.statusCode, set.body).toBe(200)
    expect(await models(projectId)).toMatchObject([{ uri: set.json().modelUri, imported: { fileName: 'my net.onnx' } }])
    expect(asked).toEqual([
      {
        url: '/models/lungs/my%20net.onnx',
        authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=key\//),
      },
    ])
  })

  it('is not taken from a stranger', async () => {
    const projectId = await makeProject(1001, ['dark', 'bright'])
    const stranger = await signUp(test.app, 'stranger')
    expect((await importFile(projectId, model, stranger)).statusCode).toBe(404)
  })
})
