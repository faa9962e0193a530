import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import { isInFolder } from '../../testing/test-storage.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

const api = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, headers: Record<string, string> = {}) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })

const person = (username: string) => ({
  username,
  email: `${encodeURIComponent(username).replaceAll('%', '')}@example.org`,
  password: 'a long password',
})
const cookieOf = (response: { cookies: { name: string; value: string }[] }) =>
  response.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

describe('accounts', () => {
  it('make the first person administrator and the next one a user, each with a folder', async () => {
    const first = await api('POST', '/auth/register', person('ada'))
    const second = await api('POST', '/auth/register', person('李明'))
    expect(first.statusCode, first.body).toBe(201)
    expect(second.statusCode, second.body).toBe(201)
    expect(first.json().user.role).toBe('administrator')
    expect(second.json().user.role).toBe('user')
    if (isInFolder) expect(existsSync(join(test.dataDirectory, 'users', second.json().user.id))).toBe(true)
    expect(first.cookies.find((cookie) => cookie.name === 'vesalius_session')).toMatchObject({
      httpOnly: true,
      sameSite: 'Lax',
    })
  })

  it('refuse a name or mail address that is taken, whatever its case', async () => {
    const sameName = await api('POST', '/auth/register', { ...person('ADA'), email: 'other@example.org' })
    const sameMail = await api('POST', '/auth/register', { ...person('grace'), email: 'Ada@example.org' })
    expect(sameName.json().code).toBe('USERNAME_TAKEN')
    expect(sameMail.json().code).toBe('EMAIL_TAKEN')
  })

  it.each([{ password: 'short' }, { username: '../etc' }, { email: 'nobody' }, { role: 'administrator' }])(
    'refuse a registration with %o',
    async (change) => {
      const response = await api('POST', '/auth/register', { ...person('eve'), ...change })
      expect(response.statusCode).toBe(422)
      expect(response.headers['content-type']).toContain('application/problem+json')
    },
  )

  it('sign in by name or mail address and out again', async () => {
    for (const login of ['ada', 'ada@example.org']) {
      const signedIn = await api('POST', '/auth/login', { login, password: 'a long password' })
      expect(signedIn.statusCode, signedIn.body).toBe(200)
      const cookie = cookieOf(signedIn)
      expect((await api('GET', '/me', undefined, { cookie })).json().username).toBe('ada')
      expect((await api('POST', '/auth/logout', undefined, { cookie })).statusCode).toBe(204)
      expect((await api('GET', '/me', undefined, { cookie })).statusCode).toBe(401)
    }
  })

  it('answer a wrong password like an unknown name, and make guessing wait', async () => {
    const answers = []
    for (let i = 0; i < 11; i++) answers.push(await api('POST', '/auth/login', { login: 'ada', password: 'wrong' }))
    const unknown = await api('POST', '/auth/login', { login: 'nobody', password: 'wrong' })
    expect(answers[0]?.json().detail).toBe(unknown.json().detail)
    expect(answers[0]?.statusCode).toBe(401)
    expect(answers[10]?.statusCode).toBe(429)
  })

  it('end a session after ninety days, however often it was used', async () => {
    const cookie = cookieOf(await api('POST', '/auth/login', { login: 'ada@example.org', password: 'a long password' }))
    const made = (days: number) =>
      test.context.db
        .updateTable('auth_sessions')
        .set({ createdAt: new Date(Date.now() - days * 86_400_000) })
        .execute()
    await made(89)
    expect((await api('GET', '/me', undefined, { cookie })).statusCode).toBe(200)
    await made(91)
    expect((await api('GET', '/me', undefined, { cookie })).statusCode).toBe(401)
  })

  it('refuse a change that another site asks for', async () => {
    const response = await api('POST', '/auth/login', { login: 'x', password: 'y' }, { origin: 'https://evil.example' })
    expect(response.json().code).toBe('FORBIDDEN')
  })
})

describe('API tokens', () => {
  it('sign a script in until they are revoked, and show their secret once', async () => {
    const cookie = cookieOf(await api('POST', '/auth/register', person('token-owner')))
    const made = await api('POST', '/tokens', { name: 'script' }, { cookie })
    expect(made.statusCode, made.body).toBe(201)
    const { token, secret } = made.json()
    const authorization = `Bearer ${secret}`
    expect((await api('GET', '/me', undefined, { authorization })).json().username).toBe('token-owner')
    expect((await api('GET', '/tokens', undefined, { cookie })).body).not.toContain(secret)
    expect((await api('DELETE', `/tokens/${token.id}`, undefined, { cookie })).statusCode).toBe(204)
    expect((await api('GET', '/me', undefined, { authorization })).statusCode).toBe(401)
  })

  it('do no more than their scopes say, and those of administrators only what ordinary people may unless they say admin', async () => {
    const cookie = cookieOf(await api('POST', '/auth/login', { login: 'ada@example.org', password: 'a long password' }))
    const tokenOf = async (scopes?: string[]) => {
      const made = await api('POST', '/tokens', { name: 's', ...(scopes ? { scopes } : {}) }, { cookie })
      return { authorization: `Bearer ${made.json().secret}` }
    }
    const tried = async (headers: Record<string, string>) => {
      const organisation = () => api('POST', '/organisations', { name: 'x' }, headers)
      const infer = () => test.app.inject({ url: '/v2/models/0190a000-0000-7000-8000-000000000001', headers })
      const answers = [await api('GET', '/me', undefined, headers), await organisation(), await infer()]
      answers.push(await api('GET', '/audit', undefined, headers))
      return answers.map(({ statusCode }) => statusCode)
    }
    expect(await tried(await tokenOf(['read']))).toEqual([200, 403, 403, 404])
    expect(await tried(await tokenOf(['write']))).toEqual([200, 201, 403, 404])
    expect(await tried(await tokenOf(['predict']))).toEqual([403, 403, 404, 404])
    expect(await tried(await tokenOf())).toEqual([200, 201, 404, 404])
    expect(await tried(await tokenOf(['admin']))).toEqual([200, 201, 404, 200])
    const upload = { ...(await tokenOf(['read'])), 'tus-resumable': '1.0.0', 'upload-length': '1' }
    expect((await api('POST', '/uploads', undefined, upload)).statusCode).toBe(403)
    expect((await api('GET', '/events', undefined, await tokenOf(['predict']))).statusCode).toBe(403)
    expect((await api('POST', '/tokens', { name: 's', scopes: [] }, { cookie })).statusCode).toBe(422)
  })

  it("cannot be revoked by someone else's account", async () => {
    const owner = cookieOf(await api('POST', '/auth/register', person('owner-2')))
    const other = cookieOf(await api('POST', '/auth/register', person('other-2')))
    const { token } = (await api('POST', '/tokens', { name: 'mine' }, { cookie: owner })).json()
    expect((await api('DELETE', `/tokens/${token.id}`, undefined, { cookie: other })).statusCode).toBe(404)
  })
})
