import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenIdServer, openOpenIdServer, signInThere } from '../../testing/openid-server.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'

const PUBLIC_URL = 'http://vesalius.test'
const callbackOf = (id: string) => `/api/v1/auth/providers/${id}/callback`
const ORGANISATION = '01900000-0000-7000-8000-000000000001'

let test: TestApp
let clinic: OpenIdServer
let github: Server
let githubAnswers: Record<string, unknown>

beforeAll(async () => {
  clinic = await openOpenIdServer(`${PUBLIC_URL}${callbackOf('clinic')}`)
  github = createServer(({ url = '' }, response) => {
    const answer = githubAnswers[url.split('?')[0] ?? '']
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
  }).listen(0, '127.0.0.1')
  await once(github, 'listening')
  test = await openTestApp({
    environment: {
      VESALIUS_PUBLIC_URL: PUBLIC_URL,
      VESALIUS_SIGN_IN_CLINIC_ISSUER: clinic.issuer,
      VESALIUS_SIGN_IN_CLINIC_CLIENT_ID: 'vesalius',
      VESALIUS_SIGN_IN_CLINIC_CLIENT_SECRET: 'a secret of the client',
      VESALIUS_SIGN_IN_CLINIC_LABEL: 'Clinic',
      VESALIUS_SIGN_IN_CLINIC_GROUP_ROLES: `readers=${ORGANISATION}:annotator, chiefs=${ORGANISATION}:admin`,
      VESALIUS_SIGN_IN_GITHUB_ISSUER: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
      VESALIUS_SIGN_IN_GITHUB_CLIENT_ID: 'id',
      VESALIUS_SIGN_IN_GITHUB_CLIENT_SECRET: 'secret',
      VESALIUS_SIGN_IN_GITHUB_REGISTER: 'no',
    },
  })
})
afterAll(async () => {
  await test.close()
  clinic.close()
  github.close()
})

const cookiesOf = (response: { cookies: { name: string; value: string }[] }) =>
  response.cookies.filter(({ value }) => value).map(({ name, value }) => `${name}=${value}`)
const post = (url: string, payload: object = {}, cookie = '') =>
  test.app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers: { cookie } })
const get = (url: string, cookie = '') => test.app.inject({ url: `/api/v1${url}`, headers: { cookie } })
const comeBack = (answer: URL, cookie: string) =>
  test.app.inject({ url: answer.pathname + answer.search, headers: { cookie } })

/** The whole way through the clinic's service; answers what our server says at its end, and the cookies it gives. */
async function signInAt(name: string, to = '/') {
  const begun = await post('/auth/providers/clinic', { to })
  const answer = await signInThere(begun.json().url, name)
  const end = await comeBack(answer, cookiesOf(begun).join('; '))
  return { status: end.statusCode, location: end.headers.location, cookie: cookiesOf(end).join('; '), answer, begun }
}

async function linkAt(cookie: string, name: string, password = 'correct horse battery') {
  const begun = await post('/me/providers', { provider: 'clinic', password }, cookie)
  if (begun.statusCode !== 200) return begun.json().code
  const answer = await signInThere(begun.json().url, name)
  return (await comeBack(answer, [cookie, ...cookiesOf(begun)].join('; '))).headers.location
}

describe('signing in through OpenID Connect', () => {
  it('makes an account with its projects at the first time, and finds it again at the next', async () => {
    clinic.people.set('s-1', { email: 'Bea@Clinic.example', email_verified: true, preferred_username: 'bea' })
    const first = await signInAt('s-1', '/projects/x?y=1')
    expect([first.status, first.location]).toEqual([302, '/projects/x?y=1'])
    const me = (await get('/me', first.cookie)).json()
    expect(me).toMatchObject({ username: 'bea', email: 'bea@clinic.example' })
    expect((await get('/projects', first.cookie)).json().items.length).toBeGreaterThan(3)
    clinic.people.set('s-1', { email: 'other@clinic.example', email_verified: true, preferred_username: 'beatrice' })
    const again = await signInAt('s-1')
    expect((await get('/me', again.cookie)).json().id).toBe(me.id)
  })

  it('gives a name that is free, also to people without a mail address that was seen to be theirs', async () => {
    await signUp(test.app, 'carl')
    clinic.people.set('s-2', { preferred_username: 'Carl', email: 'carl@elsewhere.example', email_verified: false })
    const { cookie } = await signInAt('s-2')
    const { username, email } = (await get('/me', cookie)).json()
    expect(username).toBe('Carl-2')
    expect(email).toMatch(/@clinic\.invalid$/)
  })

  it('does not enter an account by its mail address alone', async () => {
    await signUp(test.app, 'dora')
    // Seen to be theirs there, but whoever registered here first may not have been its owner.
    clinic.people.set('s-3', { email: 'dora@example.org', email_verified: true })
    expect((await signInAt('s-3')).location).toBe('/sign-in?problem=SIGN_IN_TO_LINK')
    await test.context.db.updateTable('users').set({ emailVerified: true }).where('username', '=', 'dora').execute()
    clinic.people.set('s-4', { email: 'dora@example.org', email_verified: false })
    expect((await signInAt('s-4')).location).toBe('/sign-in?problem=SIGN_IN_TO_LINK')
    const { cookie, location } = await signInAt('s-3')
    expect(location).toBe('/')
    expect((await get('/me', cookie)).json().username).toBe('dora')
  })

  it('works once, in the browser that began, with the state that was given', async () => {
    clinic.people.set('s-5', { email: 'eli@clinic.example', email_verified: true })
    const { answer, begun, status } = await signInAt('s-5')
    expect(status).toBe(302)
    const failed = '/sign-in?problem=SIGN_IN_FAILED'
    expect((await comeBack(answer, cookiesOf(begun).join('; '))).headers.location).toBe(failed)

    const other = await post('/auth/providers/clinic')
    const back = await signInThere(other.json().url, 's-5')
    expect((await comeBack(back, 'vesalius_sign_in=somebody-else')).headers.location).toBe(failed)
    const changed = new URL(back)
    changed.searchParams.set('state', 'x'.repeat(43))
    expect((await comeBack(changed, cookiesOf(other).join('; '))).headers.location).toBe(failed)
    const stolen = new URL(back)
    stolen.pathname = callbackOf('github')
    expect((await comeBack(stolen, cookiesOf(other).join('; '))).headers.location).toBe(failed)
    const late = await post('/auth/providers/clinic')
    const lateBack = await signInThere(late.json().url, 's-5')
    await test.context.db
      .updateTable('provider_sign_ins')
      .set({ expires_at: new Date(0) })
      .execute()
    expect((await comeBack(lateBack, cookiesOf(late).join('; '))).headers.location).toBe(failed)
  })

  it('refuses a code that belongs to another sign-in', async () => {
    clinic.people.set('s-6', { email: 'fay@clinic.example', email_verified: true })
    const [mine, theirs] = [await post('/auth/providers/clinic'), await post('/auth/providers/clinic')]
    const stolen = await signInThere(theirs.json().url, 's-6')
    const answer = await signInThere(mine.json().url, 's-6')
    answer.searchParams.set('code', stolen.searchParams.get('code') ?? '')
    const end = await comeBack(answer, cookiesOf(mine).join('; '))
    expect(end.headers.location).toBe('/sign-in?problem=SIGN_IN_FAILED')
    expect(cookiesOf(end)).toEqual([])
  })

  it('sends nobody to another site at its end', async () => {
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'evil', '/a\\b']) {
      expect((await post('/auth/providers/clinic', { to })).statusCode, to).toBe(422)
    }
  })

  it('names services and never their secrets', async () => {
    const answer = await get('/auth/providers')
    expect(answer.json().items).toEqual([
      { id: 'clinic', label: 'Clinic' },
      { id: 'github', label: 'GitHub' },
    ])
    expect((await post('/auth/providers/nobody')).statusCode).toBe(404)
  })
})

describe('an account elsewhere', () => {
  it('is linked by whoever is signed in and knows the password, to one account alone', async () => {
    const { cookie } = await signUp(test.app, 'gus')
    const { cookie: other } = await signUp(test.app, 'hal')
    clinic.people.set('s-7', {})
    expect(await linkAt(cookie, 's-7', 'wrong')).toBe('WRONG_CREDENTIALS')
    expect(await linkAt(cookie, 's-7')).toBe('/account')
    expect((await get('/me/providers', cookie)).json().items).toMatchObject([{ id: 'clinic', label: 'Clinic' }])
    expect(await linkAt(other, 's-7')).toBe('/account?problem=IDENTITY_TAKEN')
    expect((await get('/me', (await signInAt('s-7')).cookie)).json().username).toBe('gus')
  })

  it('is not linked when somebody else is signed in at the end', async () => {
    const { cookie } = await signUp(test.app, 'ida')
    const { cookie: other } = await signUp(test.app, 'jan')
    clinic.people.set('s-8', {})
    const begun = await post('/me/providers', { provider: 'clinic', password: 'correct horse battery' }, cookie)
    const answer = await signInThere(begun.json().url, 's-8')
    const end = await comeBack(answer, [other, ...cookiesOf(begun)].join('; '))
    expect(end.headers.location).toBe('/account?problem=NOT_SIGNED_IN')
    expect((await get('/me/providers', other)).json().items).toEqual([])
  })

  it('can be unlinked unless it is the last way in', async () => {
    clinic.people.set('s-9', { email: 'kim@clinic.example', email_verified: true, preferred_username: 'kim' })
    const { cookie } = await signInAt('s-9')
    const unlink = (cookie: string) => post('/me/providers/unlink', { provider: 'clinic' }, cookie)
    expect((await unlink(cookie)).json().code).toBe('LAST_WAY_IN')
    const { cookie: withPassword } = await signUp(test.app, 'leo')
    clinic.people.set('s-10', {})
    await linkAt(withPassword, 's-10')
    expect((await unlink(withPassword)).statusCode).toBe(204)
    expect((await unlink(withPassword)).statusCode).toBe(404)
  })
})

describe('groups of a service', () => {
  it('give and take places in organisations, and leave alone what people gave', async () => {
    const { db } = test.context
    const id = ORGANISATION as never
    await db
      .insertInto('organisations')
      .values({ id, name: 'Clinic' } as never)
      .execute()
    const roleOf = async (username: string) =>
      (
        await db
          .selectFrom('organisation_members')
          .innerJoin('users', 'users.id', 'user_id')
          .select('organisation_members.role')
          .where('username', '=', username)
          .executeTakeFirst()
      )?.role
    const come = (groups: string[]) => {
      clinic.people.set('s-11', { preferred_username: 'mia', groups })
      return signInAt('s-11')
    }
    await come(['readers', 'staff'])
    expect(await roleOf('mia')).toBe('annotator')
    await come(['readers', 'chiefs'])
    expect(await roleOf('mia')).toBe('admin')
    await come([])
    expect(await roleOf('mia')).toBeUndefined()
    const { id: user_id } = await db
      .selectFrom('users')
      .select('id')
      .where('username', '=', 'mia')
      .executeTakeFirstOrThrow()
    await db.insertInto('organisation_members').values({ organisation_id: id, user_id, role: 'viewer' }).execute()
    await come(['chiefs'])
    await come([])
    expect(await roleOf('mia')).toBe('viewer')
  })
})

describe('signing in through GitHub', () => {
  it('takes the mail address that GitHub saw, and makes no account where the installation says so', async () => {
    const email = { email: 'Nia@Example.org', primary: true, verified: true }
    githubAnswers = {
      '/login/oauth/access_token': { access_token: 't' },
      '/api/v3/user': { id: 7, login: 'nia' },
      '/api/v3/user/emails': [{ email: 'old@example.org', primary: false, verified: true }, email],
    }
    const through = async () => {
      const begun = await post('/auth/providers/github')
      const address = new URL(begun.json().url)
      expect(address.searchParams.get('code_challenge_method')).toBe('S256')
      const back = new URL(`${PUBLIC_URL}${callbackOf('github')}`)
      back.search = new URLSearchParams({ code: 'c', state: address.searchParams.get('state') ?? '' }).toString()
      return (await comeBack(back, cookiesOf(begun).join('; '))).headers.location
    }
    expect(await through()).toBe('/sign-in?problem=ACCOUNT_UNKNOWN')
    await signUp(test.app, 'nia')
    await test.context.db.updateTable('users').set({ emailVerified: true }).where('username', '=', 'nia').execute()
    expect(await through()).toBe('/')
    githubAnswers['/login/oauth/access_token'] = { error: 'bad_verification_code' }
    expect(await through()).toBe('/sign-in?problem=SIGN_IN_FAILED')
  })
})
