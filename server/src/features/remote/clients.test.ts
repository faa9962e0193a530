import type { Image, RemoteTrial } from '@vesalius/contracts'
import { encodeRle } from '@vesalius/contracts'
import { writePng } from '@vesalius/formats'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  goRemote,
  imageOf,
  openStrangeServer,
  REMOTE_ENVIRONMENT,
  type StrangeServer,
  until,
} from '../../testing/remote-world.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let server: StrangeServer
let owner: { cookie: string }

beforeAll(async () => {
  test = await openTestApp({ worker: true, environment: REMOTE_ENVIRONMENT })
  server = await openStrangeServer()
  owner = await signUp(test.app, 'owner')
})
afterAll(async () => {
  await test.close()
  await server.close()
})

const api = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers: owner, ...(payload ? { payload } : {}) })
const CLASSES = { 1003: ['disc', 'ring'], 2000: ['disc', 'ring'], 3001: ['disc', 'ring'] }
let seed = 0

/** A project with one image of 64 × 48, asked of the server. */
async function ask(taskType: 1003 | 2000 | 3001, settings: object) {
  const { id } = (await api('POST', '/projects', { name: 'P', taskType, classes: CLASSES[taskType] })).json()
  await goRemote(test, owner, id, { url: server.url, fallsBack: false, ...settings })
  seed += 1
  const bytes = await phantomPng({ width: 64, height: 48, seed })
  const image = await uploadImage(test.app, owner, id, { bytes })
  const trial = async (): Promise<RemoteTrial> => (await api('POST', `/projects/${id}/remote/try`, {})).json()
  const labelled = async () => {
    await until(async () => (await imageOf(test, owner, image.id)).state === 'NORMAL')
    return (await api('GET', `/images/${image.id}/label`)).json().data
  }
  return { id, image: image as Image, trial, labelled }
}

it('a server of the Open Inference Protocol gets the pixels it wants and its numbers become a label', async () => {
  const inputs = [{ name: 'x', datatype: 'FP32', shape: [-1, 3, 32, 32] }]
  server.answer = (path, body) => {
    if (path === '/v2/models/net') return { status: 200, body: { name: 'net', inputs } }
    const [input] = JSON.parse(body).inputs
    expect([input.shape, input.data.length, Math.max(...input.data) <= 1]).toEqual([[1, 3, 32, 32], 3072, true])
    const outputs = [{ name: 'logits', datatype: 'FP32', shape: [1, 2], data: [0, Math.log(3)] }]
    return { status: 200, body: { model_name: 'net', model_version: '2', outputs } }
  }
  const { labelled, trial, id } = await ask(1003, { kind: 'open-inference', model: 'net' })
  const data = await labelled()
  expect(data.value).toBe(1)
  expect(data.weight[1]).toBeCloseTo(0.75)
  expect(await trial()).toMatchObject({ problem: null, label: { value: 1 }, said: expect.stringContaining('logits') })
  expect((await api('GET', `/projects/${id}/models`)).json().items[0].imported.fileName).toBe('net 2')
})

it('boxes and maps of such a server come back to the size of the image', async () => {
  const inputs = [{ name: 'x', datatype: 'UINT8', shape: [1, 32, 32, 3] }]
  server.answer = (path) => {
    if (!path.endsWith('infer')) return { status: 200, body: { name: 'net', inputs } }
    const outputs = [
      { name: 'boxes', datatype: 'FP32', shape: [2, 4], data: [8, 8, 16, 24, 0, 0, 1, 1] },
      { name: 'scores', datatype: 'FP32', shape: [2], data: [0.9, 0.1] },
      { name: 'labels', datatype: 'INT64', shape: [2], data: [1, 0] },
    ]
    return { status: 200, body: { outputs } }
  }
  const boxes = await ask(2000, { kind: 'open-inference', model: 'a/b' })
  expect((await boxes.labelled()).boxes).toMatchObject([{ box: [16, 12, 16, 24], class: 1, score: 0.9 }])
  server.answer = (path) => {
    if (!path.endsWith('infer')) return { status: 200, body: { name: 'net', inputs } }
    const map = Array.from({ length: 16 }, (_, at) => (at % 4 < 2 ? 2 : 0))
    return { status: 200, body: { outputs: [{ name: 'map', datatype: 'INT64', shape: [1, 4, 4], data: map }] } }
  }
  const masks = await ask(3001, { kind: 'open-inference', model: 'net' })
  const half = Uint8Array.from({ length: 64 * 48 }, (_, at) => (at % 64 < 32 ? 1 : 0))
  expect((await masks.labelled()).masks).toMatchObject([{ class: 1, rle: encodeRle(half, [48, 64]) }])
})

it('a backend of Label Studio is set up and asked; its percents become pixels', async () => {
  server.answer = (path, body) => {
    if (path === '/setup') {
      expect(JSON.parse(body).schema).toContain('<Label value="ring"/>')
      return { status: 200, body: { model_version: 'v1' } }
    }
    const [task] = JSON.parse(body).tasks
    expect(task.data.image).toMatch(/^http:\/\/vesalius\.test\/api\/v1\/callbacks\/images\//)
    const size = { original_width: 64, original_height: 48, image_rotation: 0 }
    const value = { x: 25, y: 50, width: 50, height: 25, rotation: 0, rectanglelabels: ['ring'] }
    const result = [{ from_name: 'label', to_name: 'image', type: 'rectanglelabels', ...size, value, score: 0.7 }]
    return { status: 200, body: { results: [{ result, score: 0.7, model_version: 'v1' }] } }
  }
  const boxes = await ask(2000, { kind: 'label-studio' })
  expect((await boxes.labelled()).boxes).toMatchObject([{ box: [16, 24, 32, 12], class: 1, score: 0.7 }])
  server.answer = (path, body) => {
    if (path === '/setup') return { status: 200, body: {} }
    expect(JSON.parse(body).tasks[0].data.image).toMatch(/^data:image\/png;base64,/)
    const result = [{ type: 'choices', from_name: 'choice', to_name: 'image', value: { choices: ['ring'] } }]
    return { status: 200, body: { results: [{ result, score: 0.8 }] } }
  }
  const classes = await ask(1003, { kind: 'label-studio', sends: 'bytes' })
  expect((await classes.labelled()).weight).toEqual([expect.closeTo(0.2), 0.8])
})

it('MONAI Label gets the file and its mask becomes marks of the classes it names', async () => {
  const top = Uint8Array.from({ length: 64 * 48 }, (_, at) => (at < 64 * 24 ? 1 : 0))
  let mask: Uint8Array = writePng(
    top.map((one) => one * 5),
    { width: 64, height: 48 },
    8,
  )
  server.answer = (path, body) => {
    if (path === '/info/') {
      return { status: 200, body: { models: { seg: { type: 'segmentation', labels: { Ring: 5, other: 1 } } } } }
    }
    expect(path).toBe('/infer/seg?output=image')
    expect(body).toContain('name="file"')
    return { status: 200, body: mask }
  }
  const { labelled, trial } = await ask(3001, { kind: 'monai', model: 'seg' })
  expect((await labelled()).masks).toMatchObject([{ class: 1, rle: encodeRle(top, [48, 64]) }])
  mask = Buffer.from('no mask')
  expect((await trial()).problem).toContain('neither PNG nor NIfTI')
})

it('a server that fails, lies or is not there says so to the person, and leaves no label', async () => {
  server.answer = () => ({ status: 200, body: { outputs: 'none' } })
  const { trial, image } = await ask(1003, { kind: 'open-inference', model: 'net' })
  expect((await trial()).problem).toContain('cannot be used')
  server.answer = () => ({ status: 500, body: 'Traceback: boom' })
  expect(await trial()).toMatchObject({ problem: expect.stringContaining('answers 500'), said: 'Traceback: boom' })
  expect((await until(async () => (await imageOf(test, owner, image.id)).problem)).code).toBe('PRELABEL_FAILED')
  expect((await imageOf(test, owner, image.id)).state).toBe('TO_LABEL')
})
