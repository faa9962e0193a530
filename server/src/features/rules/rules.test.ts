import { createHash } from 'node:crypto'
import type { Project } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MOST_POSTS } from '../../http/post-limit.ts'
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts'
import { openTestApp, PASSWORD, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, upload, uploadImage } from '../../testing/uploads.ts'
import { totpCode } from '../accounts/totp.ts'

type Headers = { cookie: string }

let test: TestApp
let root: Headers
beforeAll(async () => {
  test = await openTestApp()
  root = await signUp(test.app, 'root')
})
afterAll(() => test.close())

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const send = (method: Method, url: string, payload?: object, headers: Partial<Headers> & object = root) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const codeOf = async (answer: ReturnType<typeof send>) => {
  const { statusCode, body } = await answer
  return statusCode < 300 ? statusCode : JSON.parse(body).code
}
const idOf = async (headers: Headers) => (await send('GET', '/me', undefined, headers)).json().id as string
const login = (name: string) => send('POST', '/auth/login', { login: name, password: PASSWORD }, {})

async function setUpApp(headers: Headers): Promise<string> {
  const { secret } = (await send('POST', '/me/second-factor', { password: PASSWORD }, headers)).json()
  const code = totpCode(secret, Math.floor(Date.now() / 30_000))
  expect(await codeOf(send('POST', '/me/second-factor/confirm', { code }, headers))).toBe(200)
  return secret
}
async function addPasskey(headers: Headers): Promise<SoftwareAuthenticator> {
  const local = { ...headers, host: 'localhost' }
  const begun = await send('POST', '/me/passkeys/options', { password: PASSWORD }, local)
  const authenticator = new SoftwareAuthenticator()
  const creation = authenticator.create(begun.json(), { origin: 'http://localhost' })
  expect(await codeOf(send('POST', '/me/passkeys', { name: 'Key', creation }, local))).toBe(201)
  return authenticator
}

describe('a second factor that the installation asks for', () => {
  it('is set up before anything else, by session and token, once the days of grace are over', async () => {
    const ann = await signUp(test.app, 'ann')
    const { secret } = (await send('POST', '/tokens', { name: 't' }, ann)).json()
    const token = { authorization: `Bearer ${secret}` }
    const rule = (graceDays: number | null) => send('PUT', '/administration/rules/second-factor', { graceDays })
    expect(await codeOf(send('PUT', '/administration/rules/second-factor', { graceDays: 0 }, ann))).toBe('NOT_FOUND')
    expect((await rule(7)).json().secondFactor).toMatchObject({ graceDays: 7 })
    const me = (await send('GET', '/me', undefined, ann)).json()
    const days = (Date.parse(me.secondFactorDueAt) - Date.now()) / 86_400_000
    expect(Math.round(days)).toBe(7)
    expect(await codeOf(send('GET', '/projects', undefined, ann))).toBe(200)
    await rule(0)
    for (const headers of [ann, token]) {
      expect(await codeOf(send('GET', '/projects', undefined, headers))).toBe('SECOND_FACTOR_REQUIRED')
      expect(await codeOf(send('POST', '/messages', { text: 'x' }, headers))).toBe('SECOND_FACTOR_REQUIRED')
      expect(await codeOf(send('POST', '/uploads', undefined, headers))).toBe('SECOND_FACTOR_REQUIRED')
      expect(await codeOf(send('GET', '/events', undefined, headers))).toBe('SECOND_FACTOR_REQUIRED')
    }
    expect(await codeOf(send('GET', '/me/security', undefined, ann))).toBe(200)
    await setUpApp(ann)
    for (const headers of [ann, token]) expect(await codeOf(send('GET', '/projects', undefined, headers))).toBe(200)
    expect((await send('GET', '/me', undefined, ann)).json().secondFactorDueAt).toBeNull()
    const end = () => send('DELETE', '/me/second-factor', { password: PASSWORD }, ann)
    expect(await codeOf(end())).toBe('SECOND_FACTOR_REQUIRED')
    expect(await codeOf(rule(null))).toBe('SECOND_FACTOR_REQUIRED')
    await setUpApp(root)
    expect((await rule(null)).json().secondFactor).toBeNull()
    expect(await codeOf(end())).toBe(204)
  })

  it('counts a passkey, asks it in place of the password then, and is taken from who lost it by an administrator', async () => {
    const ben = await signUp(test.app, 'ben')
    const authenticator = await addPasskey(ben)
    expect((await login('ben')).statusCode).toBe(200)
    await send('PUT', '/administration/rules/second-factor', { graceDays: 0 })
    expect(await codeOf(send('GET', '/projects', undefined, ben))).toBe(200)
    expect((await login('ben')).json().code).toBe('PASSKEY_REQUIRED')
    const local = { host: 'localhost' }
    const begun = await send('POST', '/auth/passkey/options', undefined, local)
    const cookie = begun.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const passkey = authenticator.answer(begun.json(), { origin: 'http://localhost' })
    expect(await codeOf(send('POST', '/auth/passkey', { passkey }, { ...local, cookie }))).toBe(200)
    const path = `/administration/accounts/${await idOf(ben)}/second-factor`
    expect(await codeOf(send('DELETE', path, undefined, ben))).toBe('NOT_FOUND')
    expect(await codeOf(send('DELETE', path))).toBe(204)
    expect(await codeOf(send('GET', '/me', undefined, ben))).toBe('NOT_SIGNED_IN')
    const again = await login('ben')
    const session = { cookie: again.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
    expect(await codeOf(send('GET', '/projects', undefined, session))).toBe('SECOND_FACTOR_REQUIRED')
    await send('PUT', '/administration/rules/second-factor', { graceDays: null })
  })

  it('is asked of the members of an organisation that wants it, who may leave instead', async () => {
    const [cora, dan] = [await signUp(test.app, 'cora'), await signUp(test.app, 'dan')]
    const lab = (await send('POST', '/organisations', { name: 'Lab' }, cora)).json()
    const { link } = (await send('POST', `/organisations/${lab.id}/invitations`, { role: 'viewer' }, cora)).json()
    await send('POST', `/invitations/${link.split('#')[1]}/accept`, undefined, dan)
    const path = `/organisations/${lab.id}/second-factor`
    expect(await codeOf(send('PUT', path, { graceDays: 0 }, dan))).toBe('FORBIDDEN')
    expect((await send('PUT', path, { graceDays: 0 }, cora)).json().secondFactor).toMatchObject({ graceDays: 0 })
    expect(await codeOf(send('GET', '/projects', undefined, dan))).toBe('SECOND_FACTOR_REQUIRED')
    expect(await codeOf(send('GET', '/projects'))).toBe(200)
    expect(await codeOf(send('POST', `/organisations/${lab.id}/leave`, undefined, dan))).toBe(204)
    expect(await codeOf(send('GET', '/projects', undefined, dan))).toBe(200)
  })

  it('is not asked of who signs in through another service only', async () => {
    const eve = await signUp(test.app, 'eve')
    const { db } = test.context
    await db
      .deleteFrom('auth_accounts')
      .where('userId', '=', (await idOf(eve)) as never)
      .execute()
    await send('PUT', '/administration/rules/second-factor', { graceDays: 0 })
    expect(await codeOf(send('GET', '/projects', undefined, eve))).toBe(200)
    await send('PUT', '/administration/rules/second-factor', { graceDays: null })
  })
})

describe('a quota', () => {
  it('holds for people and organisations by default, and for one of them as an administrator says', async () => {
    const finn = await signUp(test.app, 'finn')
    const [small, large] = [await phantomPng({ seed: 5 }), await phantomPng({ seed: 6 })]
    const asked = { name: 'Mine', taskType: 1001, classes: ['no', 'yes'] }
    const project = (await send('POST', '/projects', asked, finn)).json() as Project
    const none = { storageBytes: null, activeRuns: null }
    const person = { storageBytes: Math.round(small.length * 1.5), activeRuns: 0 }
    await send('PUT', '/administration/rules/quotas', { person, organisation: none })
    await uploadImage(test.app, finn, project.id, { bytes: small })
    const second = () => upload(test.app, finn, project.id, [{ name: 'b.png', bytes: large }])
    expect((await second()).items[0]).toMatchObject({ error: { code: 'QUOTA_REACHED' } })
    const facts = `projectId ${Buffer.from(project.id).toString('base64')},name ${Buffer.from('a.png').toString('base64')}`
    const tus = { 'tus-resumable': '1.0.0', 'upload-length': String(large.length), 'upload-metadata': facts }
    expect(await codeOf(send('POST', '/uploads', undefined, { ...finn, ...tus }))).toBe('QUOTA_REACHED')
    expect((await send('GET', '/me/usage', undefined, finn)).json()).toEqual({
      storageBytes: small.length,
      activeRuns: 0,
      limits: person,
    })
    const path = `/administration/accounts/${await idOf(finn)}/quota`
    const own = { storageBytes: null, activeRuns: 'default' }
    expect(await codeOf(send('PUT', path, own, finn))).toBe('NOT_FOUND')
    expect((await send('PUT', path, own)).json().quota).toEqual(own)
    expect((await second()).items[0]).toHaveProperty('image')
    for (const seed of [7, 8]) await uploadImage(test.app, finn, project.id, { bytes: await phantomPng({ seed }) })
    await test.context.db.updateTable('images').set({ state: 'NORMAL' }).execute()
    const { items } = (await send('GET', `/projects/${project.id}/images`, undefined, finn)).json()
    for (const [at, { id }] of items.entries()) {
      const label = { type: 1001, data: { key: { 0: 'no', 1: 'yes' }, value: at % 2 } }
      expect(await codeOf(send('PUT', `/images/${id}/label`, label, finn))).toBe(200)
    }
    const train = () => send('POST', `/projects/${project.id}/runs`, {}, finn)
    expect(await codeOf(train())).toBe('RUN_QUOTA_REACHED')
    await send('PUT', path, { ...own, activeRuns: 1 })
    expect(await codeOf(train())).toBe(201)
    await send('PUT', '/administration/rules/quotas', { person: none, organisation: none })
  })
})

describe('what one account says to others', () => {
  it('is limited for all processes together', async () => {
    const gil = await signUp(test.app, 'gil')
    const id = await idOf(gil)
    const post = () => send('POST', '/messages', { text: 'x', to: { kind: 'people', userIds: [id] } }, gil)
    const isLimited = async () => (await codeOf(post())) === 'TOO_MANY_REQUESTS'
    expect(await isLimited()).toBe(false)
    const key = createHash('sha256').update(`posts\0${id}`).digest('hex')
    const { db } = test.context
    await db.updateTable('attempts').set({ count: MOST_POSTS }).where('key', '=', key).execute()
    expect(await isLimited()).toBe(true)
    expect(await codeOf(send('POST', '/articles', { title: 'A' }, gil))).toBe('TOO_MANY_REQUESTS')
  })
})
