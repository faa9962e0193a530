import { gzipSync } from 'node:zlib'
import { encodeRle, type ModelVersionId, routes } from '@vesalius/contracts'
import type { Prediction, Predictor } from '@vesalius/engine/runner'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { json } from '../../db/json.ts'
import { newId } from '../../ids.ts'
import { type Headers, openStrangeServer, type StrangeServer } from '../../testing/remote-world.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'

let says: Prediction = { probabilities: [0.25, 0.75], latencyMs: 1 }
const predictor: Predictor = { predict: async (_, files) => files.map(() => says), close: async () => {} }
let test: TestApp
let theirs: StrangeServer
let owner: Headers
let png: Buffer

beforeAll(async () => {
  test = await openTestApp({ predictor, environment: { VESALIUS_OUTGOING_ALLOW: '127.0.0.1' } })
  theirs = await openStrangeServer()
  const cookie = await signUp(test.app, 'owner')
  const made = await test.app.inject({
    method: 'POST',
    url: '/api/v1/tokens',
    headers: cookie,
    payload: { name: 'other programs', expiresInDays: null },
  })
  owner = { authorization: `Bearer ${made.json().secret}` }
  png = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#777' } })
    .png()
    .toBuffer()
})
afterAll(async () => {
  await test.close()
  await theirs.close()
})

const send = (method: 'GET' | 'POST', url: string, payload?: object, headers = owner) =>
  test.app.inject({ method, url, headers, ...(payload ? { payload } : {}) })

async function serve(taskType: number, classes: string[]): Promise<string> {
  const { id } = (await send('POST', '/api/v1/projects', { name: 'P', taskType, classes })).json()
  const model = newId<ModelVersionId>()
  const { db } = test.context
  await db
    .insertInto('model_versions')
    .values({
      ...{ id: model, project_id: id, run_id: null, number: 3, state: 'serving', classes: json(classes) },
      ...{ metrics: null, lineage: null, imported: null, uri: 'm.onnx', byte_size: 1, sha256: '' },
    })
    .execute()
  await test.context.storage.write('m.onnx', 'x')
  await db.updateTable('projects').set({ serving_model_id: model }).where('id', '=', id).execute()
  return id
}
const bytes = () => ({ inputs: [{ name: 'image', datatype: 'BYTES', shape: [1], data: [png.toString('base64')] }] })

it('is a server of the Open Inference Protocol for those who may see the project', async () => {
  const id = await serve(1003, ['disc', 'ring'])
  for (const what of ['', '/health/live', '/health/ready'])
    expect((await send('GET', `/v2${what}`, undefined, {})).statusCode).toBe(200)
  const metadata = (await send('GET', `/v2/models/${id}`)).json()
  expect(metadata).toMatchObject({
    name: id,
    versions: ['3'],
    inputs: [{ datatype: 'BYTES' }],
    parameters: { classes: ['disc', 'ring'] },
  })
  expect((await send('GET', `/v2/models/${id}/ready`)).json()).toEqual({ name: id, ready: true })
  says = { probabilities: [0.25, 0.75], latencyMs: 1 }
  const answer = (await send('POST', `/v2/models/${id}/infer`, { id: 'q', ...bytes() })).json()
  expect(answer).toEqual({
    id: 'q',
    model_name: id,
    model_version: '3',
    outputs: [
      { name: 'probabilities', datatype: 'FP32', shape: [1, 2], data: [0.25, 0.75] },
      { name: 'label', datatype: 'BYTES', shape: [1], data: ['ring'] },
    ],
  })
  const samples = { name: 'image', datatype: 'UINT8', shape: [2, 4, 4, 3], data: Array(96).fill(9) }
  expect(
    (await send('POST', `/v2/models/${id}/versions/3/infer`, { inputs: [samples] })).json().outputs[0].shape,
  ).toEqual([2, 2])
  expect((await send('POST', `/v2/models/${id}/versions/9/infer`, bytes())).statusCode).toBe(404)
  const stranger = await signUp(test.app, 'stranger')
  const refused = await send('POST', `/v2/models/${id}/infer`, bytes(), stranger as Headers)
  expect([refused.statusCode, typeof refused.json().error]).toEqual([404, 'string'])
  expect((await send('POST', `/v2/models/${id}/infer`, bytes(), {})).statusCode).toBe(401)
  const basic = `Basic ${Buffer.from(`label studio:${owner.authorization!.slice(7)}`).toString('base64')}`
  expect((await send('GET', `/v2/models/${id}`, undefined, { authorization: basic } as Headers)).statusCode).toBe(200)
})

it('refuses what is no picture, too many, and what does not add up', async () => {
  const id = await serve(1003, ['disc', 'ring'])
  const ask = async (input: object) =>
    (await send('POST', `/v2/models/${id}/infer`, { inputs: [{ name: 'image', shape: [1], ...input }] })).statusCode
  expect(await ask({ datatype: 'BYTES', data: ['no base64!'] })).toBe(422)
  expect(await ask({ datatype: 'BYTES', data: [Buffer.from('text').toString('base64')] })).toBe(422)
  expect(await ask({ datatype: 'BYTES', data: Array(17).fill(png.toString('base64')) })).toBe(422)
  expect(await ask({ datatype: 'UINT8', shape: [1, 4, 4, 3], data: [1, 2] })).toBe(422)
  expect(await ask({ datatype: 'FP32', shape: [1], data: [1] })).toBe(422)
})

it('answers boxes and masks in pixels of the picture', async () => {
  const boxes = await serve(2000, ['disc'])
  says = { boxes: [{ box: [1, 2, 10, 5], class: 0, score: 0.9 }], doubtful: [], latencyMs: 1 }
  expect((await send('POST', `/v2/models/${boxes}/infer`, bytes())).json().outputs).toMatchObject([
    { name: 'boxes', shape: [1, 4], data: [1, 2, 11, 7] },
    { name: 'scores', data: [0.9] },
    { name: 'classes', data: [0] },
  ])
  const masks = await serve(3001, ['lesion'])
  const rle = encodeRle(new Uint8Array(800).fill(1, 0, 40), [20, 40])
  says = { size: [20, 40], masks: [{ class: 0, rle, score: 0.8 }], latencyMs: 1 }
  expect((await send('POST', `/v2/models/${masks}/infer`, bytes())).json().outputs).toMatchObject([
    { name: 'masks', data: [rle] },
    { name: 'scores', data: [0.8] },
    { name: 'classes', data: [0] },
    { name: 'size', data: [20, 40] },
  ])
})

it('is a machine learning backend of Label Studio: pictures are fetched with its token, from nowhere else', async () => {
  const id = await serve(2000, ['disc'])
  const base = `/label-studio/${id}`
  expect((await send('GET', `${base}/health`)).json().status).toBe('UP')
  const setup = { project: '1', schema: '<View/>', hostname: theirs.url, access_token: 'their token' }
  expect((await send('POST', `${base}/setup`, setup)).json()).toEqual({ model_version: '3' })
  theirs.answer = () => ({ status: 200, body: png })
  says = { boxes: [{ box: [10, 5, 20, 10], class: 0, score: 0.9 }], doubtful: [], latencyMs: 1 }
  const label_config =
    '<View><Image name="pic" value="$photo"/><RectangleLabels toName="pic" name="things"><Label value="disc"/></RectangleLabels></View>'
  const predict = (photo: string) =>
    send('POST', `${base}/predict`, { tasks: [{ id: 1, data: { photo } }], label_config })
  const { results } = (await predict('/data/upload/1/a.png')).json()
  expect(results).toMatchObject([
    {
      score: expect.closeTo(0.9),
      model_version: '3',
      result: [
        {
          from_name: 'things',
          to_name: 'pic',
          type: 'rectanglelabels',
          original_width: 40,
          value: { x: 25, y: 25, width: 50, height: 50, rectanglelabels: ['disc'] },
        },
      ],
    },
  ])
  expect(theirs.heard.at(-1)).toMatchObject({
    path: '/data/upload/1/a.png',
    headers: { authorization: 'Token their token' },
  })
  const elsewhere = theirs.url.replace('127.0.0.1', 'localhost')
  expect((await predict(`${elsewhere}/a.png`)).statusCode).toBe(200)
  expect(theirs.heard.at(-1)?.headers.authorization).toBeUndefined()
  expect((await predict('http://10.1.2.3/a.png')).json().code).toBe('OUTGOING_REFUSED')
  expect((await predict(`data:image/png;base64,${png.toString('base64')}`)).statusCode).toBe(200)
  const paths = Object.values(routes).filter(({ tag }) => tag === 'inference')
  expect(paths.length).toBeGreaterThan(12)
})

it("takes and gives tensors as bytes behind the JSON, as Triton's client sends them: without a media type", async () => {
  const id = await serve(1003, ['disc', 'ring'])
  says = { probabilities: [0.25, 0.75], latencyMs: 1 }
  const url = `/v2/models/${id}/infer`
  const ask = async (head: object, pieces: Buffer[], headers: Record<string, string> = {}) => {
    const text = Buffer.from(JSON.stringify(head))
    const payload = Buffer.concat([text, ...pieces])
    const length = { 'inference-header-content-length': String(text.length) }
    return test.app.inject({ method: 'POST', url, headers: { ...owner, ...length, ...headers }, payload })
  }
  const length = Buffer.alloc(4)
  length.writeUInt32LE(png.length)
  const input = { name: 'image', datatype: 'BYTES', shape: [1], parameters: { binary_data_size: png.length + 4 } }
  const answer = await ask({ inputs: [input], parameters: { binary_data_output: true } }, [length, png])
  const jsonLength = Number(answer.headers['inference-header-content-length'])
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/octet-stream'])
  expect(JSON.parse(answer.rawPayload.toString('utf8', 0, jsonLength)).outputs).toEqual([
    { name: 'probabilities', datatype: 'FP32', shape: [1, 2], parameters: { binary_data_size: 8 } },
    { name: 'label', datatype: 'BYTES', shape: [1], parameters: { binary_data_size: 8 } },
  ])
  const binary = answer.rawPayload.subarray(jsonLength)
  expect([binary.readFloatLE(0), binary.readFloatLE(4), binary.readUInt32LE(8), binary.toString('utf8', 12)]).toEqual([
    ...[0.25, 0.75, 4, 'ring'],
  ])

  const outputs = [{ name: 'label', parameters: { binary_data: false } }]
  const samples = { name: 'image', datatype: 'UINT8', shape: [1, 4, 4, 3], parameters: { binary_data_size: 48 } }
  const chosen = await ask({ inputs: [samples], outputs }, [Buffer.alloc(48, 9)])
  expect(chosen.json().outputs).toEqual([{ name: 'label', datatype: 'BYTES', shape: [1], data: ['ring'] }])

  const plain = { inputs: [bytes().inputs[0]] }
  const packed = gzipSync(JSON.stringify(plain))
  const send = (headers: Record<string, string>, payload: Buffer) =>
    test.app.inject({ method: 'POST', url, headers: { ...owner, ...headers }, payload })
  expect((await send({ 'content-encoding': 'gzip' }, packed)).statusCode).toBe(200)
  const bomb = gzipSync(Buffer.alloc(70 * 1024 ** 2))
  expect((await send({ 'content-encoding': 'gzip' }, bomb)).statusCode).toBe(400)
  expect((await send({ 'inference-header-content-length': '999' }, Buffer.from('{}'))).statusCode).toBe(400)
  expect((await send({}, Buffer.from('not JSON'))).statusCode).toBe(400)
  expect((await ask({ inputs: [input] }, [png])).statusCode).toBe(422)
  expect((await ask({ inputs: [input] }, [length, png, Buffer.alloc(1)])).statusCode).toBe(422)
  length.writeUInt32LE(4_000_000_000)
  expect((await ask({ inputs: [input] }, [length, png])).statusCode).toBe(422)
  expect((await ask({ inputs: [samples], outputs: [{ name: 'other' }] }, [Buffer.alloc(48)])).statusCode).toBe(422)
})
