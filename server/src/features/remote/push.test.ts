import type { Image, PushMessage, RemoteDelivery } from '@vesalius/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  callBack,
  goRemote,
  imageOf,
  openStrangeServer,
  REMOTE_ENVIRONMENT,
  type StrangeServer,
  until,
} from '../../testing/remote-world.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, uploadImage } from '../../testing/uploads.ts'
import { expireQuestions } from './watch-jobs.ts'
import { checkMessage, signMessage } from './webhook-signature.ts'

let test: TestApp
let server: StrangeServer
let owner: { cookie: string }
let projectId: string
let secret: string

beforeAll(async () => {
  test = await openTestApp({ worker: true, environment: REMOTE_ENVIRONMENT })
  server = await openStrangeServer()
  owner = await signUp(test.app, 'owner')
})
afterAll(async () => {
  await test.close()
  await server.close()
})
beforeEach(async () => {
  server.answer = () => ({ status: 202 })
  const payload = { name: 'Discs', taskType: 1001, classes: ['dark', 'bright'] }
  projectId = (await api('POST', '/projects', payload)).json().id
  secret = await goRemote(test, owner, projectId, { kind: 'push', url: `${server.url}/hook` })
})

const api = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers: owner, ...(payload ? { payload } : {}) })
const deliveries = async (): Promise<RemoteDelivery[]> =>
  (await api('GET', `/projects/${projectId}/remote/deliveries`)).json().items
let seed = 0
async function ask(): Promise<{ image: Image; message: PushMessage['data']; id: string }> {
  seed += 1
  const image = await uploadImage(test.app, owner, projectId, { bytes: await phantomPng({ seed }) })
  const heard = await until(async () => server.heard.find(({ body }) => body.includes(image.id)))
  return { image, message: JSON.parse(heard.body).data, id: String(heard.headers['webhook-id']) }
}
const finished = (probabilities: number[]) => ({
  type: 'prelabel.finished',
  data: { predictions: [{ probabilities }] },
})
const answer = (message: PushMessage['data'], id: string, body: object | string) =>
  callBack(test, message, { secret, id, body })

describe('an image that is pushed', () => {
  it('goes out signed, without its name, and is fetched by a short-lived address', async () => {
    const { image, message, id } = await ask()
    expect(image.state).toBe('TO_LABEL')
    const heard = server.heard.find(({ body }) => body.includes(image.id))!
    expect(checkMessage([secret], heard.headers, Buffer.from(heard.body))).toBe(id)
    expect(message).toMatchObject({ taskType: 1001, classes: ['dark', 'bright'], image: { mediaType: 'image/png' } })
    expect(heard.body).not.toContain(image.name)
    const url = new URL(message.image.url!)
    const fetched = await test.app.inject({ url: url.pathname + url.search })
    expect([fetched.statusCode, fetched.headers['content-type']]).toEqual([200, 'image/png'])
    const forged = await test.app.inject({ url: `${url.pathname}?expires=99999999999&signature=x` })
    expect(forged.statusCode).toBe(404)
  })

  it('becomes NORMAL with the answer, which is kept as a guess of a model that has no file', async () => {
    const { image, message } = await ask()
    const said = await answer(message, 'm1', {
      type: 'prelabel.finished',
      data: { predictions: [{ probabilities: [0.2, 0.8] }], model: { name: 'theirs', version: '7' } },
    })
    expect([said.statusCode, said.json()]).toEqual([200, { state: 'succeeded' }])
    const now = await imageOf(test, owner, image.id)
    expect(now).toMatchObject({ state: 'NORMAL', annotatedAt: null, problem: null })
    const label = (await api('GET', `/images/${image.id}/label`)).json()
    expect(label.data.value).toBeCloseTo(0.8)
    const models = (await api('GET', `/projects/${projectId}/models`)).json().items
    expect(models).toMatchObject([{ state: 'retired', imported: { fileName: 'theirs 7', canPredict: false } }])
    expect((await api('POST', `/models/${models[0].id}/promote`)).statusCode).toBe(422)
  })

  it('stays as the first answer left it: doubled, contradicting and late ones change nothing', async () => {
    const { image, message } = await ask()
    const first = finished([0.9, 0.1])
    expect((await answer(message, 'a', first)).statusCode).toBe(200)
    const label = (await api('GET', `/images/${image.id}/label`)).body
    expect((await answer(message, 'a', first)).statusCode).toBe(200)
    expect((await answer(message, 'a', finished([0.1, 0.9]))).json().code).toBe('CONFLICT')
    expect((await answer(message, 'b', finished([0.1, 0.9]))).json().code).toBe('CONFLICT')
    expect((await answer(message, 'c', { type: 'prelabel.failed', data: { reason: 'no' } })).statusCode).toBe(409)
    expect((await api('GET', `/images/${image.id}/label`)).body).toBe(label)
    expect((await imageOf(test, owner, image.id)).problem).toBeNull()
  })

  it('keeps what a person submitted meanwhile, and what is frozen stays frozen', async () => {
    const one = await ask()
    await until(async () => (await deliveries()).some(({ imageId }) => imageId === one.image.id))
    await api('PUT', `/images/${one.image.id}/label`, {
      type: 1001,
      data: { key: { 0: 'dark', 1: 'bright' }, value: 1 },
    })
    expect((await answer(one.message, 'p', finished([1, 0]))).statusCode).toBe(200)
    expect((await api('GET', `/images/${one.image.id}/label`)).json()).toMatchObject({
      data: { value: 1 },
      meta: { author: { kind: 'person' } },
    })
    const two = await ask()
    await api('POST', `/images/${two.image.id}/freeze`)
    expect((await answer(two.message, 'q', finished([1, 0]))).statusCode).toBe(409)
    expect((await imageOf(test, owner, two.image.id)).state).toBe('FROZEN')
    const before = server.heard.length
    await api('POST', `/images/${two.image.id}/unfreeze`)
    await until(async () => server.heard.length > before)
    expect((await imageOf(test, owner, two.image.id)).state).toBe('TO_LABEL')
  })

  it('waits on when an answer does not fit, and says why', async () => {
    const { image, message } = await ask()
    for (const [id, body] of Object.entries({
      long: finished([0.2, 0.3, 0.5]),
      boxes: { type: 'prelabel.finished', data: { predictions: [{ boxes: [] }] } },
      frame: { type: 'prelabel.finished', data: { predictions: [{ probabilities: [0, 1], frame: 3 }] } },
      twice: {
        type: 'prelabel.finished',
        data: { predictions: [finished([0, 1]).data.predictions[0], { probabilities: [1, 0] }] },
      },
      shape: { type: 'prelabel.finished', data: {} },
      number: finished([2, -1]),
    })) {
      expect((await answer(message, `misfit ${id}`.replace(' ', '-'), body)).statusCode, id).toBe(422)
    }
    expect((await answer(message, 'json', 'no json')).statusCode).toBe(400)
    expect(await imageOf(test, owner, image.id)).toMatchObject({ state: 'TO_LABEL', problem: null })
    const refused = (await deliveries()).filter(({ outcome }) => outcome === 'refused')
    expect(refused.map(({ reason }) => reason)).toContain('The answer does not fit: 3 probabilities for 2 classes.')
    expect((await answer(message, 'right', finished([0, 1]))).statusCode).toBe(200)
  })

  it('is answered only with a signature of now under a valid secret', async () => {
    const { message, image } = await ask()
    const body = finished([0, 1])
    const hour = 3_600_000
    const send = (change: object) => callBack(test, message, { secret, id: 's', body, ...change })
    const stolen = `whsec_${Buffer.alloc(32).toString('base64')}`
    expect((await send({ secret: stolen })).statusCode).toBe(401)
    expect((await send({ now: new Date(Date.now() - hour) })).statusCode).toBe(401)
    expect((await send({ now: new Date(Date.now() + hour) })).statusCode).toBe(401)
    const url = new URL(message.callback.url).pathname
    expect((await test.app.inject({ method: 'POST', url, payload: body })).statusCode).toBe(401)
    const headers = { ...signMessage([secret], { id: 's', body: JSON.stringify(body) }), 'webhook-id': 'other' }
    expect((await test.app.inject({ method: 'POST', url, headers, payload: body })).statusCode).toBe(401)
    const large = Buffer.alloc(17 * 1024 ** 2, 'x').toString()
    expect((await answer(message, 'large', large)).statusCode).toBe(413)
    const unknown = { callback: { ...message.callback, url: message.callback.url.replace(/[^/]+$/, image.id) } }
    expect((await callBack(test, unknown, { secret, id: 's', body })).statusCode).toBe(404)
    expect((await imageOf(test, owner, image.id)).state).toBe('TO_LABEL')
    // Whoever rotates has a day in which both are valid; a third ends the first.
    const rotate = async () => (await api('POST', `/projects/${projectId}/remote/secrets`)).json()
    const second = await rotate()
    expect(second.server.secrets).toHaveLength(2)
    expect((await send({ id: 'old', secret })).statusCode).toBe(200)
    await rotate()
    expect((await send({ id: 'older', secret })).statusCode).toBe(401)
    expect((await send({ id: 'newer', secret: second.secret })).statusCode).toBe(409)
  })

  it('tells the person why when the server fails or says nothing, and can be asked again', async () => {
    const one = await ask()
    expect(
      (await answer(one.message, 'f', { type: 'prelabel.failed', data: { reason: 'No lung in it' } })).statusCode,
    ).toBe(200)
    expect((await imageOf(test, owner, one.image.id)).problem?.message).toContain('No lung in it')
    const two = await ask()
    await sql`UPDATE remote_jobs SET expires_at = now() WHERE image_id = ${two.image.id}`.execute(test.context.db)
    await expireQuestions(test.context)
    expect((await imageOf(test, owner, two.image.id)).problem?.message).toContain('no answer came in time')
    expect((await answer(two.message, 'late', finished([0, 1]))).statusCode).toBe(409)
    expect((await imageOf(test, owner, two.image.id)).state).toBe('TO_LABEL')
    const before = server.heard.length
    await api('POST', `/images/${two.image.id}/prelabel`)
    const again = await until(async () => server.heard.slice(before).find(({ body }) => body.includes(two.image.id)))
    expect((await answer(JSON.parse(again.body).data, 'now', finished([0, 1]))).statusCode).toBe(200)
    expect(await imageOf(test, owner, two.image.id)).toMatchObject({ state: 'NORMAL', problem: null })
  })

  it('is sent again while the server has troubles, not when it refuses', async () => {
    let tries = 0
    server.answer = () => {
      tries += 1
      return { status: tries === 1 ? 503 : 202 }
    }
    const { image } = await ask()
    await until(async () => tries > 1)
    expect((await imageOf(test, owner, image.id)).problem).toBeNull()
    server.answer = () => ({ status: 410 })
    const refused = await ask()
    const told = await until(async () => (await imageOf(test, owner, refused.image.id)).problem)
    expect(told.message).toContain('answers 410')
    const statuses = (await deliveries()).map(({ status }) => status)
    expect(statuses).toEqual(expect.arrayContaining([503, 202, 410]))
  })

  it('is asked of whom the settings name now: answers of the server before are void', async () => {
    const { image, message } = await ask()
    const algorithm = (await api('GET', `/projects/${projectId}/algorithm`)).json()
    await api('PUT', `/projects/${projectId}/algorithm`, { ...algorithm, strategy: 'local' })
    await until(async () => (await imageOf(test, owner, image.id)).state === 'NORMAL')
    expect((await answer(message, 'void', finished([0, 1]))).statusCode).toBe(409)
    expect((await api('GET', `/images/${image.id}/label`)).json().data.value).toBeNull()
  })
})

describe('settings of a server', () => {
  it.each([
    { kind: 'push' },
    { kind: 'push', url: 'ftp://x.org' },
    { kind: 'worker', url: 'https://x.org' },
    { kind: 'open-inference', url: 'https://x.org' },
    { kind: 'push', url: 'https://x.org', answerWithinMinutes: 0 },
    { kind: 'monai', url: 'https://x.org', model: '../secret' },
  ])('are refused where they make no sense: %j', async (settings) => {
    expect((await api('PUT', `/projects/${projectId}/remote`, settings)).json().code).toBe('VALIDATION_FAILED')
  })

  it('tell no secret', async () => {
    await api('PUT', `/projects/${projectId}/remote`, { kind: 'push', url: `${server.url}/x`, bearer: 'their token' })
    const { body } = await api('GET', `/projects/${projectId}/remote`)
    expect(JSON.parse(body).server).toMatchObject({
      hasBearer: true,
      secrets: [{ hint: expect.stringMatching(/^….{4}$/) }],
    })
    expect(body).not.toContain('their token')
    expect(body).not.toContain(secret)
  })

  it('lead to no address inside the network', async () => {
    await api('PUT', `/projects/${projectId}/remote`, { kind: 'push', url: 'http://10.0.0.1/hook', fallsBack: false })
    const image = await uploadImage(test.app, owner, projectId, { bytes: await phantomPng({ seed: 777 }) })
    const problem = await until(async () => (await imageOf(test, owner, image.id)).problem)
    expect(problem.message).toContain('inside this server')
  })
})
