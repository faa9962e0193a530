import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'

const PASSWORD = 'correct horse battery'
type Headers = Record<string, string>
let test: TestApp
let root: Headers
let ann: Headers
let annId: string
beforeAll(async () => {
  test = await openTestApp({
    environment: {
      VESALIUS_SECRET: 'a-secret-of-this-installation-0123456789',
      VESALIUS_SMTP_URL: 'smtp://mailer:hidden-word@127.0.0.1:1',
    },
  })
  root = await signUp(test.app, 'root')
  ann = await signUp(test.app, 'ann')
  annId = (await send('GET', '/me', ann)).json().id
})
afterAll(() => test.close())

const send = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, headers: Headers, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const change = (id: string, payload: object, headers = root) =>
  send('PATCH', `/administration/accounts/${id}`, headers, payload)
const login = () =>
  test.app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { login: 'ann', password: PASSWORD },
  })

describe('accounts', () => {
  it('are listed, found by a part of name or address, and paged', async () => {
    const list = async (query: string) => (await send('GET', `/administration/accounts?${query}`, root)).json()
    expect((await list('search=NN%40exam')).items).toMatchObject([
      { id: annId, username: 'ann', frozenAt: null, sessions: 1, hasSecondFactor: false, isEmailConfirmed: false },
    ])
    expect((await list('search=%25')).items).toEqual([])
    const first = await list('limit=1')
    const second = await list(`limit=1&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items].map(({ username }) => username)).toEqual(['ann', 'root'])
    expect(second.nextCursor).toBeNull()
    expect((await list('state=administrator')).items).toMatchObject([{ username: 'root' }])
    expect((await send('GET', '/administration/accounts?cursor=x', root)).statusCode).toBe(422)
  })

  it('that are frozen let nobody in, by password, session or token, until they are unfrozen', async () => {
    const { secret } = (await send('POST', '/tokens', ann, { name: 'script' })).json()
    const token = { authorization: `Bearer ${secret}` }
    expect((await change(annId, { isFrozen: true })).json()).toMatchObject({
      frozenAt: expect.any(String),
      sessions: 0,
    })
    expect((await send('GET', '/me', ann)).statusCode).toBe(401)
    expect((await send('GET', '/me', token)).statusCode).toBe(401)
    expect((await login()).json().code).toBe('ACCOUNT_FROZEN')
    const wrong = await test.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { login: 'ann', password: 'not the password' },
    })
    expect(wrong.json().code).toBe('WRONG_CREDENTIALS')
    expect((await send('POST', `/administration/accounts/${annId}/password-reset`, root)).json().code).toBe(
      'ACCOUNT_FROZEN',
    )
    expect((await send('GET', '/administration/accounts?state=frozen', root)).json().items).toHaveLength(1)
    const sessions = await test.context.db
      .selectFrom('auth_sessions')
      .select('id')
      .where('userId', '=', annId as never)
      .execute()
    expect(sessions).toEqual([])
    await change(annId, { isFrozen: false })
    expect((await send('GET', '/me', token)).statusCode).toBe(200)
    const again = await login()
    ann = { cookie: again.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
    const record = (await send('GET', `/audit?subject=user&subjectId=${annId}`, root)).json().items
    expect(record[1]).toMatchObject({ actorName: 'root', before: { frozenAt: null } })
  })

  it('get a link to a new password, and are signed out everywhere', async () => {
    expect((await send('POST', `/administration/accounts/${annId}/password-reset`, root)).statusCode).toBe(202)
    const mail = await test.context.db.selectFrom('mails').selectAll().executeTakeFirstOrThrow()
    expect(mail).toMatchObject({ recipient: 'ann@example.org', text: expect.stringContaining('/reset-password#') })
    expect((await send('DELETE', `/administration/accounts/${annId}/sessions`, root)).statusCode).toBe(204)
    expect((await send('GET', '/me', ann)).statusCode).toBe(401)
    ann = { cookie: (await login()).cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
  })

  it('become administrators and are no more, but nobody freezes or demotes themselves', async () => {
    const rootId = (await send('GET', '/me', root)).json().id
    expect((await change(rootId, { role: 'user' })).statusCode).toBe(409)
    expect((await change(rootId, { isFrozen: true })).statusCode).toBe(409)
    expect((await change(annId, {})).statusCode).toBe(422)
    expect((await change(annId, { role: 'administrator' })).json().role).toBe('administrator')
    expect((await send('GET', '/administration/overview', ann)).statusCode).toBe(200)
    expect((await change(annId, { role: 'user' })).json().role).toBe('user')
    expect((await send('GET', '/administration/overview', ann)).statusCode).toBe(404)
    expect((await change('0190a000-0000-7000-8000-000000000001', { isFrozen: true })).statusCode).toBe(404)
  })
})

it('an administrator who names what does not exist, or a number beyond all bounds, is told so', async () => {
  const nothing = '0190a000-0000-7000-8000-000000000001'
  const made = await send('POST', '/projects', root, {
    name: 'x',
    taskType: 1000,
    classes: [],
    organisationId: nothing,
  })
  expect(made.json().code, made.body).toBe('NOT_FOUND')
  const token = await send('POST', `/organisations/${nothing}/worker-tokens`, root, { name: 'x', expiresInDays: null })
  expect(token.json().code, token.body).toBe('NOT_FOUND')
  const project = await projectOf(test.app, root, 1001)
  const far = await send('POST', `/projects/${project}/algorithm/versions/99999999999999/restore`, root)
  expect(far.statusCode, far.body).toBeLessThan(500)
})

it('the overview tells what is stored, by whom, and what waits', async () => {
  await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))
  // Another process would not share this one's memory of a minute ago.
  const { rememberOverview } = await import('./overview.ts')
  const overview = await rememberOverview(test.context)()
  expect(overview).toMatchObject({
    accounts: 2,
    images: 1,
    largest: [{ name: 'ann', isOrganisation: false, images: 1 }],
    disk: { totalBytes: expect.any(Number) },
  })
  expect(overview.imageBytes).toBe(overview.largest[0]?.bytes)
  expect(overview.queues).toContainEqual(expect.objectContaining({ name: 'prelabel-image', waiting: 1 }))
  expect(overview.databaseBytes).toBeGreaterThan(0)
})

it('settings are shown with their meaning and without secrets', async () => {
  const answer = await send('GET', '/administration/settings', root)
  expect(answer.body).not.toMatch(/hidden-word|0123456789/)
  const of = (name: string) => answer.json().items.find((item: { name: string }) => item.name === name)
  expect(of('VESALIUS_SECRET')).toMatchObject({ value: '•••', isSecret: true, isDefault: false })
  expect(of('VESALIUS_SMTP_URL').value).toBe('smtp://mailer:•••@127.0.0.1:1')
  expect(of('VESALIUS_PORT')).toMatchObject({ value: '8080', isDefault: true })
  for (const { name, description } of answer.json().items) {
    expect(Object.values(description), name).not.toContain('')
  }
})

it('announcements are shown to everybody from their beginning to their end', async () => {
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  const input = { english: 'Down tonight', chinese: '今晚停机', tone: 'warning', startsAt: at(-1), endsAt: at(1) }
  const made = await send('POST', '/administration/announcements', root, input)
  expect(made.statusCode).toBe(201)
  await send('POST', '/administration/announcements', root, { ...input, startsAt: at(1), endsAt: null })
  await send('POST', '/administration/announcements', root, { ...input, startsAt: at(-3), endsAt: at(-2) })
  const shown = async () => (await send('GET', '/announcements', ann)).json().items
  expect(await shown()).toMatchObject([{ english: 'Down tonight', chinese: '今晚停机' }])
  const { id } = made.json()
  const url = `/administration/announcements/${id}`
  expect((await send('PUT', url, root, { ...input, english: 'Later' })).json().english).toBe('Later')
  expect((await send('GET', '/administration/announcements', root)).json().items).toHaveLength(3)
  for (const wrong of [{ english: '', chinese: ' ' }, { endsAt: at(-2) }]) {
    expect((await send('POST', '/administration/announcements', root, { ...input, ...wrong })).statusCode).toBe(422)
  }
  expect((await send('DELETE', url, root)).statusCode).toBe(204)
  expect((await send('DELETE', url, root)).statusCode).toBe(404)
  expect(await shown()).toEqual([])
})
