import { createHmac } from 'node:crypto'
import type { Webhook, WebhookDelivery, WebhookId, WebhookTry } from '@vesalius/contracts'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStrangeServer, REMOTE_ENVIRONMENT, type StrangeServer, until } from '../../testing/remote-world.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, uploadImage } from '../../testing/uploads.ts'
import { prepareWorker } from '../../worker.ts'
import { signMessage } from '../remote/webhook-signature.ts'
import { relayEvents } from './relay-events.ts'
import { sendWebhookHandler } from './send-webhook.job.ts'

let test: TestApp
let server: StrangeServer
let owner: { cookie: string }
let projectId: string
let seed = 0

beforeAll(async () => {
  test = await openTestApp({ environment: REMOTE_ENVIRONMENT })
  owner = await signUp(test.app, 'owner')
})
afterAll(() => test.close())
beforeEach(async () => {
  server = await openStrangeServer()
  const payload = { name: 'Discs', taskType: 1001, classes: ['dark', 'bright'] }
  projectId = (await api('POST', '/projects', payload)).json().id
})
afterEach(() => server.close())

const api = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object, headers = owner) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const upload = async () => {
  seed += 1
  return uploadImage(test.app, owner, projectId, { bytes: await phantomPng({ seed }) })
}
async function hook(events: string[], of = `/projects/${projectId}`): Promise<Webhook & { secret: string }> {
  const made = await api('POST', `${of}/webhooks`, { name: 'mine', url: `${server.url}/hook`, events })
  if (made.statusCode !== 201) throw new Error(made.body)
  return { ...made.json().webhook, secret: made.json().secret }
}
const deliveries = async ({ id }: { id: string }): Promise<WebhookDelivery[]> =>
  (await api('GET', `/webhooks/${id}/deliveries`)).json().items
const triesOf = async ({ id, webhookId }: WebhookDelivery): Promise<WebhookTry[]> =>
  (await api('GET', `/webhooks/${webhookId}/deliveries/${id}`)).json().attempts
/** What a worker does in one turn, in the order in which it does it. */
async function work(...ids: string[]): Promise<void> {
  await relayEvents(test.context)
  for (const id of ids) {
    const run = { payload: { webhookId: id as WebhookId }, signal: new AbortController().signal, isLastTry: false }
    await sendWebhookHandler(test.context)(run)
  }
}
/** As a receiver checks it, by the text of the standard and not by our own code. */
function isSignedBy(secret: string, { headers, body }: StrangeServer['heard'][number]): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(expected)
}
const later = (seconds: number) =>
  sql`UPDATE webhook_deliveries SET next_at = next_at - make_interval(secs => ${seconds}::integer)`
    .execute(test.context.db)
    .then(() => sql`UPDATE webhooks SET paused_until = NULL`.execute(test.context.db))

describe('a webhook', () => {
  it('tells what was chosen, in order and signed, by ids and without names', async () => {
    await upload()
    const mine = await hook(['image.uploaded', 'label.submitted', 'image.deleted'])
    const image = await upload()
    const label = { type: 1001, data: { key: { 0: 'dark', 1: 'bright' }, value: 1 } }
    expect((await api('PUT', `/images/${image.id}/label`, label)).statusCode).toBe(200)
    await api('POST', `/images/${image.id}/freeze`)
    await api('POST', `/images/${image.id}/unfreeze`)
    await api('DELETE', `/images/${image.id}`)
    await work(mine.id)
    const said = server.heard.map(({ body }) => JSON.parse(body))
    const me = (await api('GET', '/me')).json().id
    const common = { projectId, organisationId: null, by: me, imageId: image.id }
    expect(said).toEqual([
      { type: 'image.uploaded', timestamp: expect.any(String), data: common },
      { type: 'label.submitted', timestamp: expect.any(String), data: { ...common, revision: 1 } },
      { type: 'image.deleted', timestamp: expect.any(String), data: common },
    ])
    expect(server.heard.every((each) => isSignedBy(mine.secret, each))).toBe(true)
    expect(server.heard.map(({ body }) => body).join('')).not.toContain(image.name)
    expect((await deliveries(mine)).map(({ state, status, tries }) => [state, status, tries])).toEqual(
      Array(3).fill(['delivered', 202, 1]),
    )
  })

  it('signs as the standard says', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', now: new Date(1614265330_000) }
    expect(signMessage([secret], message)['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('signs with the new secret and the one before after a change', async () => {
    const mine = await hook(['image.uploaded'])
    const { secret, webhook } = (await api('POST', `/webhooks/${mine.id}/secrets`)).json()
    expect(webhook.secrets).toMatchObject([{ expiresAt: null }, { expiresAt: expect.any(String) }])
    await upload()
    await work(mine.id)
    const [heard] = server.heard
    expect([mine.secret, secret].map((each) => isSignedBy(each, heard!))).toEqual([true, true])
    expect(JSON.stringify((await api('GET', `/projects/${projectId}/webhooks`)).json())).not.toContain(secret)
  })

  it('is sent again under the same id until it arrives, with growing pauses, and keeps what came back', async () => {
    const mine = await hook(['image.uploaded'])
    server.answer = () => ({ status: 503, body: 'not today' })
    await upload()
    await upload()
    await work(mine.id)
    expect(server.heard).toHaveLength(1)
    const [waiting] = (await deliveries(mine)).filter(({ tries }) => tries === 1)
    expect(waiting).toMatchObject({ state: 'waiting', status: 503 })
    await work(mine.id)
    expect(server.heard).toHaveLength(1)
    await later(10)
    server.answer = () => ({ status: 200, body: 'thanks' })
    await work(mine.id)
    expect(server.heard.map(({ headers }) => headers['webhook-id'])).toContain(waiting!.id)
    const [second, first] = await triesOf(waiting!)
    expect([first, second]).toMatchObject([
      { status: 503, response: 'not today', reason: expect.stringContaining('503') },
      { status: 200, response: 'thanks', reason: null, requestHeaders: { 'webhook-id': waiting!.id } },
    ])
    const [now] = (await api('GET', `/projects/${projectId}/webhooks`)).json().items
    expect(now).toMatchObject({ failingSince: null, waiting: 0, off: null })
  })

  it('gives a message up after about a day, and sends it again when asked', async () => {
    const mine = await hook(['image.uploaded'])
    server.answer = () => ({ status: 400 })
    await upload()
    const pauses: number[] = []
    for (let turn = 0; turn < 9; turn += 1) {
      await work(mine.id)
      const [{ nextAt }] = (await deliveries(mine)) as [WebhookDelivery]
      if (nextAt) pauses.push((new Date(nextAt).getTime() - Date.now()) / 1000)
      await later(9 * 3600)
    }
    const hours = pauses.reduce((sum, each) => sum + each, 0) / 3600
    expect([pauses.length, hours > 20, hours < 28]).toEqual([8, true, true])
    const [failed] = await deliveries(mine)
    expect(failed).toMatchObject({ state: 'failed', tries: 9, nextAt: null })
    server.answer = () => ({ status: 200 })
    expect((await api('POST', `/webhooks/${mine.id}/deliveries/${failed!.id}/resend`)).statusCode).toBe(202)
    await work(mine.id)
    expect(await deliveries(mine)).toMatchObject([{ id: failed!.id, state: 'delivered' }])
    expect(await triesOf(failed!)).toHaveLength(10)
  })

  it('is turned off after days without an answer, or at once where the address is gone, and its owner is told', async () => {
    const mine = await hook(['image.uploaded'])
    server.answer = () => ({ status: 500 })
    await upload()
    await work(mine.id)
    await sql`UPDATE webhooks SET failing_since = now() - interval '6 days'`.execute(test.context.db)
    await later(10)
    await work(mine.id)
    const read = async () => (await api('GET', `/projects/${projectId}/webhooks`)).json().items[0]
    expect(await read()).toMatchObject({ off: 'failing' })
    const news = (await api('GET', '/notifications')).json().items
    expect(news[0]).toMatchObject({ kind: 'webhook', outcome: 'failed', project: { id: projectId } })
    const before = server.heard.length
    await upload()
    await work(mine.id)
    expect(server.heard).toHaveLength(before)
    expect((await api('PATCH', `/webhooks/${mine.id}`, { isOn: true })).json()).toMatchObject({ off: null })
    server.answer = () => ({ status: 410 })
    await later(100)
    await work(mine.id)
    expect(await read()).toMatchObject({ off: 'gone' })
  })

  it('tries an address with a test message and says what came back, also of an address inside the network', async () => {
    const mine = await hook(['image.uploaded'])
    server.answer = () => ({ status: 418, body: 'a teapot\0' })
    const tried = (await api('POST', `/webhooks/${mine.id}/test`)).json()
    expect(tried).toMatchObject({ delivery: { type: 'webhook.test', state: 'failed' }, attempt: { status: 418 } })
    expect(isSignedBy(mine.secret, server.heard[0]!)).toBe(true)
    expect((await api('PATCH', `/webhooks/${mine.id}`, { url: 'http://169.254.169.254/' })).statusCode).toBe(200)
    const refused = (await api('POST', `/webhooks/${mine.id}/test`)).json()
    expect(refused.attempt).toMatchObject({ status: null, reason: expect.stringContaining('inside') })
    expect((await api('GET', `/projects/${projectId}/webhooks`)).json().items[0].failingSince).toBeNull()
  })
})

describe('several processes', () => {
  it('tell of each change once, and what a killed one had in its hands is taken up by another', async () => {
    const mine = await hook(['image.uploaded'])
    for (let count = 0; count < 3; count += 1) await upload()
    await Promise.all([relayEvents(test.context), relayEvents(test.context), relayEvents(test.context)])
    await Promise.all([work(mine.id), work(mine.id), work(mine.id)])
    const ids = server.heard.map(({ headers }) => headers['webhook-id'])
    expect([ids.length, new Set(ids).size]).toEqual([3, 3])
    await upload()
    await relayEvents(test.context)
    // What a process leaves that dies between the claim and the answer.
    await sql`UPDATE webhook_deliveries SET next_at = now() + interval '60 seconds' WHERE state = 'waiting'`.execute(
      test.context.db,
    )
    await work(mine.id)
    expect(server.heard).toHaveLength(3)
    await later(61)
    await work(mine.id)
    expect(server.heard).toHaveLength(4)
  })

  it('a worker that starts later tells what happened before', async () => {
    const mine = await hook(['image.uploaded', 'image.prelabelled'])
    const image = await upload()
    const worker = await prepareWorker(test.context)
    await worker.start()
    try {
      await until(async () => server.heard.length === 2)
    } finally {
      await worker.stop()
    }
    expect(server.heard.map(({ body }) => [JSON.parse(body).type, JSON.parse(body).data.imageId])).toEqual([
      ['image.uploaded', image.id],
      ['image.prelabelled', image.id],
    ])
    expect((await api('DELETE', `/webhooks/${mine.id}`)).statusCode).toBe(204)
  })
})

describe('a webhook of an organisation', () => {
  it('hears of all its projects, and of no other', async () => {
    const { id } = (await api('POST', '/organisations', { name: 'Lab' })).json()
    const mine = await hook(['project.created', 'image.uploaded'], `/organisations/${id}`)
    const own = projectId
    await upload()
    const payload = { name: 'Ours', taskType: 1001, classes: ['dark', 'bright'], organisationId: id }
    projectId = (await api('POST', '/projects', payload)).json().id
    await upload()
    await work(mine.id)
    const said = server.heard.map(({ body }) => JSON.parse(body))
    expect(said.map(({ type, data }) => [type, data.projectId, data.organisationId])).toEqual([
      ['project.created', projectId, id],
      ['image.uploaded', projectId, id],
    ])
    const wrong = { name: 'x', url: server.url, events: ['project.created'] }
    expect((await api('POST', `/projects/${own}/webhooks`, wrong)).statusCode).toBe(422)
    const eve = await signUp(test.app, 'eve')
    expect((await api('GET', `/webhooks/${mine.id}/deliveries`, undefined, eve)).statusCode).toBe(404)
  })
})
