import type { PasskeyCreationOptions, PasskeyRequestOptions } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts'
import { openTestApp, PASSWORD, signUp, type TestApp } from '../../testing/test-app.ts'

const PUBLIC_URL = 'https://vesalius.example'
const here = { origin: PUBLIC_URL }
type Headers = Record<string, string>

let test: TestApp
beforeAll(async () => {
  test = await openTestApp({ environment: { VESALIUS_PUBLIC_URL: PUBLIC_URL } })
  await signUp(test.app, 'root')
})
afterAll(() => test.close())

const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, headers: Headers = {}) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
type Answer = Awaited<ReturnType<typeof send>>
const cookieOf = ({ cookies }: Answer) => ({ cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') })

async function beginCreation(headers: Headers): Promise<PasskeyCreationOptions> {
  const begun = await send('POST', '/me/passkeys/options', { password: PASSWORD }, headers)
  expect(begun.statusCode).toBe(200)
  return begun.json()
}
async function addPasskey(headers: Headers, name: string) {
  const authenticator = new SoftwareAuthenticator()
  const creation = authenticator.create(await beginCreation(headers), here)
  const added = await send('POST', '/me/passkeys', { name, creation }, headers)
  expect([added.statusCode, added.json().name]).toEqual([201, name])
  return { authenticator, id: added.json().id as string }
}
async function beginSignIn(): Promise<{ options: PasskeyRequestOptions; browser: Headers }> {
  const begun = await send('POST', '/auth/passkey/options')
  return { options: begun.json(), browser: cookieOf(begun) }
}
async function signIn(authenticator: SoftwareAuthenticator, circumstances = {}) {
  const { options, browser } = await beginSignIn()
  const passkey = authenticator.answer(options, { ...here, ...circumstances })
  return send('POST', '/auth/passkey', { passkey }, browser)
}
const refusal = async (answer: Promise<Answer> | Answer) => {
  const { statusCode, json, cookies } = await answer
  return [statusCode, json().code, cookies.filter(({ name }) => name === 'vesalius_session').length]
}
const REFUSED = [401, 'PASSKEY_REFUSED', 0]

describe('a passkey', () => {
  it('signs its person in without name, password or code, and is recorded', async () => {
    const ann = await signUp(test.app, 'ann')
    const { authenticator } = await addPasskey(ann, 'Laptop')
    await addPasskey(ann, 'Phone')
    const { options } = await beginSignIn()
    expect([options.rpId, options.allowCredentials]).toEqual(['vesalius.example', []])
    const entered = await signIn(authenticator)
    expect([entered.statusCode, entered.json().user.username]).toEqual([200, 'ann'])
    expect((await send('GET', '/me', undefined, cookieOf(entered))).json().username).toBe('ann')
    const { items } = (await send('GET', '/me/passkeys', undefined, ann)).json()
    expect(items).toMatchObject([
      { name: 'Laptop', isSynced: true, lastUsedAt: expect.any(String) },
      { name: 'Phone', lastUsedAt: null },
    ])
    expect((await send('GET', '/me/security', undefined, ann)).json()).toMatchObject({ passkeys: 2 })
    const events = await test.context.db
      .selectFrom('audit_events')
      .select(['subject', 'action'])
      .where('subject', '=', 'passkey')
      .execute()
    expect(events).toEqual([
      { subject: 'passkey', action: 'create' },
      { subject: 'passkey', action: 'create' },
    ])
  })

  it('is refused at another site, unverified, with another signature, a counter that stands still, or another challenge', async () => {
    const ben = await signUp(test.app, 'ben')
    const { authenticator } = await addPasskey(ben, 'Key')
    expect((await signIn(authenticator, { counter: 5 })).statusCode).toBe(200)
    for (const circumstances of [
      { origin: 'https://vesalius.example.evil' },
      { isVerified: false },
      { counter: 5 },
      { counter: 4 },
      { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    ]) {
      expect(await refusal(signIn(authenticator, { counter: 6, ...circumstances }))).toEqual(REFUSED)
    }
    const { options, browser } = await beginSignIn()
    const passkey = authenticator.answer(options, { ...here, counter: 7 })
    const forged = new SoftwareAuthenticator().answer(options, here).response.signature
    const otherwise = { ...passkey, response: { ...passkey.response, signature: forged } }
    expect(await refusal(send('POST', '/auth/passkey', { passkey: otherwise }, browser))).toEqual(REFUSED)
    expect(await refusal(signIn(new SoftwareAuthenticator()))).toEqual(REFUSED)
    expect((await signIn(authenticator, { counter: 8 })).statusCode).toBe(200)
  })

  it('answers a challenge once, in the browser that asked, within ten minutes', async () => {
    const cora = await signUp(test.app, 'cora')
    const { authenticator } = await addPasskey(cora, 'Key')
    const enter = (passkey: object, browser: Headers) => send('POST', '/auth/passkey', { passkey }, browser)
    const [mine, others] = [await beginSignIn(), await beginSignIn()]
    const answer = authenticator.answer(mine.options, here)
    expect(await refusal(enter(answer, others.browser))).toEqual(REFUSED)
    expect(await refusal(enter(answer, {}))).toEqual(REFUSED)
    expect((await enter(answer, mine.browser)).statusCode).toBe(200)
    expect(await refusal(enter(answer, mine.browser))).toEqual(REFUSED)
    const late = await beginSignIn()
    await test.context.db
      .updateTable('passkey_challenges')
      .set({ expires_at: new Date(Date.now() - 1) })
      .execute()
    expect(await refusal(enter(authenticator.answer(late.options, here), late.browser))).toEqual(REFUSED)
  })

  it('lets nobody in whose account is frozen', async () => {
    const dora = await signUp(test.app, 'dora')
    const { authenticator } = await addPasskey(dora, 'Key')
    await test.context.db.updateTable('users').set({ frozenAt: new Date() }).where('username', '=', 'dora').execute()
    expect(await refusal(signIn(authenticator))).toEqual([403, 'ACCOUNT_FROZEN', 0])
  })
})

describe('the passkeys of an account', () => {
  it('are added, renamed and removed by whoever proves to be its person, in the session that asked', async () => {
    const eve = await signUp(test.app, 'eve')
    const { authenticator, id } = await addPasskey(eve, 'Key')
    for (const proof of [{}, { password: 'wrong' }]) {
      expect((await send('POST', '/me/passkeys/options', proof, eve)).json().code).toBe('WRONG_CREDENTIALS')
      expect((await send('DELETE', `/me/passkeys/${id}`, proof, eve)).json().code).toBe('WRONG_CREDENTIALS')
      expect((await send('PATCH', `/me/passkeys/${id}`, { name: 'x', ...proof }, eve)).statusCode).toBe(401)
    }
    const other = cookieOf(await send('POST', '/auth/login', { login: 'eve', password: PASSWORD }))
    const creation = new SoftwareAuthenticator().create(await beginCreation(eve), here)
    expect((await send('POST', '/me/passkeys', { name: 'Key', creation }, other)).json().code).toBe('PASSKEY_REFUSED')
    const again = authenticator.create(await beginCreation(eve), here)
    expect((await send('POST', '/me/passkeys', { name: 'Key', creation: again }, eve)).json().code).toBe('CONFLICT')
    const options: PasskeyRequestOptions = (await send('POST', '/me/proof/options', undefined, eve)).json()
    expect(options.allowCredentials).toMatchObject([{ id: authenticator.credentialId.toString('base64url') }])
    const proof = { passkey: authenticator.answer(options, here) }
    const renamed = await send('PATCH', `/me/passkeys/${id}`, { name: 'Blue key', ...proof }, eve)
    expect([renamed.statusCode, renamed.json().name]).toEqual([200, 'Blue key'])
    expect((await send('DELETE', `/me/passkeys/${id}`, proof, eve)).json().code).toBe('PASSKEY_REFUSED')
    expect((await send('DELETE', `/me/passkeys/${id}`, { password: PASSWORD }, eve)).statusCode).toBe(204)
    expect(await refusal(signIn(authenticator))).toEqual(REFUSED)
  })

  it("are nobody else's, nor any token's", async () => {
    const [finn, gil] = [await signUp(test.app, 'finn'), await signUp(test.app, 'gil')]
    const { authenticator, id } = await addPasskey(finn, 'Key')
    const proof = { password: PASSWORD }
    expect((await send('DELETE', `/me/passkeys/${id}`, proof, gil)).statusCode).toBe(404)
    expect((await send('PATCH', `/me/passkeys/${id}`, { name: 'x', ...proof }, gil)).statusCode).toBe(404)
    const options = (await send('POST', '/me/proof/options', undefined, gil)).json()
    const passkey = authenticator.answer(options, here)
    expect((await send('POST', '/me/passkeys/options', { passkey }, gil)).json().code).toBe('WRONG_CREDENTIALS')
    const { secret } = (await send('POST', '/tokens', { name: 't', scopes: ['admin'] }, finn)).json()
    const token = { authorization: `Bearer ${secret}` }
    expect((await send('DELETE', `/me/passkeys/${id}`, proof, token)).statusCode).toBe(403)
  })

  it('can be had without a password: a fresh sign-in proves it then, and the last way in stays', async () => {
    const hal = await signUp(test.app, 'hal')
    const { id: userId } = (await send('GET', '/me', undefined, hal)).json()
    const { db } = test.context
    await db.deleteFrom('auth_accounts').where('userId', '=', userId).execute()
    const begin = () => send('POST', '/me/passkeys/options', {}, hal)
    await db
      .updateTable('auth_sessions')
      .set({ createdAt: new Date(Date.now() - 11 * 60_000) })
      .where('userId', '=', userId)
      .execute()
    expect((await begin()).json().code).toBe('SIGN_IN_AGAIN')
    await db.updateTable('auth_sessions').set({ createdAt: new Date() }).where('userId', '=', userId).execute()
    const authenticator = new SoftwareAuthenticator()
    const creation = authenticator.create((await begin()).json(), here)
    const { id } = (await send('POST', '/me/passkeys', { name: 'Key', creation }, hal)).json()
    const options = (await send('POST', '/me/proof/options', undefined, hal)).json()
    const proof = { passkey: authenticator.answer(options, here) }
    expect((await send('DELETE', `/me/passkeys/${id}`, proof, hal)).json().code).toBe('LAST_WAY_IN')
    expect((await signIn(authenticator)).statusCode).toBe(200)
  })
})
