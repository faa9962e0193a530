import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMailServer } from '../../testing/mail-server.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { sendMailHandler } from '../mail/send-mail.job.ts'
import { recoverAccountHandler } from './recovery.ts'
import { totpCode } from './totp.ts'

let test: TestApp
type Headers = Record<string, string>
const PASSWORD = 'correct horse battery'
beforeAll(async () => {
  test = await openTestApp()
  await signUp(test.app, 'root')
})
afterAll(() => test.close())

const send = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, headers: Headers = {}) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const login = (name: string, password: string, code?: string) =>
  send('POST', '/auth/login', { login: name, password, ...(code ? { code } : {}) })
const run = { signal: new AbortController().signal, isLastTry: false }
const mails = () => test.context.db.selectFrom('mails').selectAll().orderBy('id').execute()
const secretIn = (text: string) => /#([\w-]+)/.exec(text)?.[1] ?? ''
/** What the job does when its turn comes. */
const recover = async (email: string) => {
  expect((await send('POST', '/auth/password/forgot', { email })).statusCode).toBe(202)
  await recoverAccountHandler(test.context)({ payload: { email: email.toLowerCase() }, ...run })
}

describe('password recovery', () => {
  it('answers an unknown address as a known one, and mails to the known one only', async () => {
    await signUp(test.app, 'ann')
    const answers = await Promise.all(
      ['ann@example.org', 'nobody@example.org'].map((email) => send('POST', '/auth/password/forgot', { email })),
    )
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [202, ''],
      [202, ''],
    ])
    await recover('nobody@example.org')
    expect(await mails()).toEqual([])
    await recover('Ann@example.org')
    expect((await mails()).map((mail) => mail.recipient)).toEqual(['ann@example.org'])
  })

  it('works once, ends all sessions, and an older link stops working', async () => {
    const ben = await signUp(test.app, 'ben')
    await recover('ben@example.org')
    const first = secretIn((await mails()).at(-1)?.text ?? '')
    await recover('ben@example.org')
    const token = secretIn((await mails()).at(-1)?.text ?? '')
    const reset = (secret: string, password = 'another long one') =>
      send('POST', '/auth/password/reset', { token: secret, password })
    expect((await reset(first)).statusCode).toBe(404)
    expect((await reset(token, 'password1')).json().code).toBe('PASSWORD_COMMON')
    expect((await reset(token)).statusCode).toBe(204)
    expect((await reset(token)).statusCode).toBe(404)
    expect((await send('GET', '/me', undefined, ben)).statusCode).toBe(401)
    expect((await login('ben', PASSWORD)).statusCode).toBe(401)
    expect((await login('ben', 'another long one')).statusCode).toBe(200)
  })

  it('refuses a link that is older than 30 minutes', async () => {
    await signUp(test.app, 'cora')
    await recover('cora@example.org')
    const token = secretIn((await mails()).at(-1)?.text ?? '')
    await test.context.db
      .updateTable('mailed_secrets')
      .set({ expires_at: new Date(Date.now() - 1) })
      .execute()
    expect((await send('POST', '/auth/password/reset', { token, password: 'another long one' })).statusCode).toBe(404)
  })

  it('shows mail to administrators where no mail server is set', async () => {
    const root = (await login('root', PASSWORD)).cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const ann = (await login('ann', PASSWORD)).cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    expect((await send('GET', '/mails', undefined, { cookie: root })).json().items.length).toBeGreaterThan(0)
    expect((await send('GET', '/mails', undefined, { cookie: ann })).statusCode).toBe(404)
  })
})

describe('mail', () => {
  it('goes out by SMTP and is forgotten then; a server that refuses leaves it with the reason', async () => {
    const server = await openMailServer({ user: 'vesalius', password: 'of the mail server' })
    const { port, received } = server
    const mailId = (await mails()).at(-1)?.id as never
    const handlerFor = (smtpUrl: string) =>
      sendMailHandler({ ...test.context, config: { ...test.context.config, smtpUrl } })
    await expect(handlerFor(`smtp://127.0.0.1:${await freePort()}`)({ payload: { mailId }, ...run })).rejects.toThrow()
    expect((await mails()).at(-1)?.problem).toContain('ECONNREFUSED')
    await expect(
      handlerFor(`smtp://vesalius:wrong@127.0.0.1:${port}`)({ payload: { mailId }, ...run }),
    ).rejects.toThrow()
    expect((await mails()).at(-1)?.problem).toMatch(/^Invalid login/)
    await handlerFor(`smtp://vesalius:${encodeURIComponent('of the mail server')}@127.0.0.1:${port}`)({
      payload: { mailId },
      ...run,
    })
    expect(received).toHaveLength(1)
    expect(received[0]).toContain('To: cora@example.org')
    expect((await mails()).map((mail) => mail.id)).not.toContain(mailId)
    await server.close()
  })
})

describe('the second factor', () => {
  it('is asked for after the password, takes each code once, and has recovery codes', async () => {
    const dan = await signUp(test.app, 'dan')
    expect((await send('POST', '/me/second-factor', { password: 'wrong' }, dan)).statusCode).toBe(401)
    const { secret, uri } = (await send('POST', '/me/second-factor', { password: PASSWORD }, dan)).json()
    expect(uri).toContain(secret)
    expect((await login('dan', PASSWORD)).statusCode).toBe(200)
    const step = Math.floor(Date.now() / 30_000)
    const confirm = (code: string) => send('POST', '/me/second-factor/confirm', { code }, dan)
    expect((await confirm('000000')).statusCode).toBe(401)
    const { recoveryCodes } = (await confirm(totpCode(secret, step - 1))).json()
    expect(new Set(recoveryCodes).size).toBe(10)
    const missing = await login('dan', PASSWORD)
    expect([missing.json().code, missing.cookies]).toEqual(['CODE_REQUIRED', []])
    expect((await login('dan', 'wrong', totpCode(secret, step))).json().code).toBe('WRONG_CREDENTIALS')
    expect((await login('dan', PASSWORD, totpCode(secret, step - 1))).json().code).toBe('WRONG_CREDENTIALS')
    expect((await login('dan', PASSWORD, totpCode(secret, step))).statusCode).toBe(200)
    expect((await login('dan', PASSWORD, recoveryCodes[0])).statusCode).toBe(200)
    expect((await login('dan', PASSWORD, recoveryCodes[0])).json().code).toBe('WRONG_CREDENTIALS')
    expect((await send('GET', '/me/security', undefined, dan)).json()).toMatchObject({
      hasSecondFactor: true,
      recoveryCodesLeft: 9,
    })
    const row = await test.context.db.selectFrom('second_factors').selectAll().executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain(secret)
    expect((await send('DELETE', '/me/second-factor', { password: PASSWORD }, dan)).statusCode).toBe(204)
    expect((await login('dan', PASSWORD)).statusCode).toBe(200)
  })
})

describe('an account', () => {
  it('changes its password, which ends its other sessions', async () => {
    const eve = await signUp(test.app, 'eve')
    const other = (await login('eve', PASSWORD)).cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    expect((await send('GET', '/me/sessions', undefined, eve)).json().items).toHaveLength(2)
    const change = (current: string) => send('POST', '/me/password', { current, password: 'another long one' }, eve)
    expect((await change('wrong')).statusCode).toBe(401)
    expect((await change(PASSWORD)).statusCode).toBe(204)
    expect((await send('GET', '/me', undefined, { cookie: other })).statusCode).toBe(401)
    const { items } = (await send('GET', '/me/sessions', undefined, eve)).json()
    expect(items).toMatchObject([{ isCurrent: true }])
    expect((await send('DELETE', `/me/sessions/${items[0].id}`, undefined, eve)).statusCode).toBe(204)
    expect((await send('GET', '/me', undefined, eve)).statusCode).toBe(401)
  })

  it('changes its mail address once the link sent there was opened', async () => {
    const fay = await signUp(test.app, 'fay')
    const ask = (email: string) => send('POST', '/me/email', { email, password: PASSWORD }, fay)
    expect((await ask('fay@elsewhere.org')).statusCode).toBe(202)
    const letter = (await mails()).at(-1)
    expect(letter?.recipient).toBe('fay@elsewhere.org')
    expect((await send('GET', '/me', undefined, fay)).json().email).toBe('fay@example.org')
    const confirm = () => send('POST', '/auth/email/confirm', { token: secretIn(letter?.text ?? '') })
    expect((await confirm()).statusCode).toBe(204)
    expect((await confirm()).statusCode).toBe(404)
    expect((await send('GET', '/me', undefined, fay)).json().email).toBe('fay@elsewhere.org')
    expect((await mails()).at(-1)).toMatchObject({ recipient: 'fay@example.org' })
    await ask('ann@example.org')
    const taken = await send('POST', '/auth/email/confirm', { token: secretIn((await mails()).at(-1)?.text ?? '') })
    expect(taken.json().code).toBe('EMAIL_TAKEN')
  })

  it('does nothing to its own protection by an API token', async () => {
    const gus = await signUp(test.app, 'gus')
    const { secret } = (await send('POST', '/tokens', { name: 'script' }, gus)).json()
    const authorization = { authorization: `Bearer ${secret}` }
    for (const path of ['/me/security', '/me/sessions', '/tokens']) {
      expect((await send('GET', path, undefined, authorization)).json().code).toBe('FORBIDDEN')
    }
  })

  it.each(['password', 'Qwertyuiop', 'letmein123', 'hugo2024'])(
    'is not made with the password %s',
    async (password) => {
      const answer = await send('POST', '/auth/register', { username: 'hugo', email: 'hugo@example.org', password })
      expect(answer.json().code).toBe('PASSWORD_COMMON')
    },
  )
})

describe('an installation that asks for confirmed addresses', () => {
  it('lets a new account in once the link was opened, and mails it again to whoever knows the password', async () => {
    const strict = await openTestApp({ environment: { VESALIUS_CONFIRM_EMAIL: 'yes' } })
    const post = (url: string, payload: object) => strict.app.inject({ method: 'POST', url: `/api/v1${url}`, payload })
    const join = (username: string) =>
      post('/auth/register', { username, email: `${username}@example.org`, password: PASSWORD })
    const enter = (password = PASSWORD) => post('/auth/login', { login: 'kim', password })
    const letters = () => strict.context.db.selectFrom('mails').selectAll().orderBy('id').execute()
    expect((await join('root')).json().needsConfirmation).toBe(false)
    const joined = await join('kim')
    expect([joined.statusCode, joined.json().needsConfirmation, joined.cookies]).toEqual([201, true, []])
    expect((await enter('wrong password')).json().code).toBe('WRONG_CREDENTIALS')
    expect(await letters()).toHaveLength(1)
    const refused = await enter()
    expect([refused.json().code, refused.cookies]).toEqual(['EMAIL_UNCONFIRMED', []])
    const sent = await letters()
    expect(sent.map(({ recipient }) => recipient)).toEqual(['kim@example.org', 'kim@example.org'])
    const confirm = (text = '') => post('/auth/email/confirm', { token: secretIn(text) })
    expect((await confirm(sent[0]?.text)).statusCode).toBe(404)
    expect((await confirm(sent[1]?.text)).statusCode).toBe(204)
    expect((await enter()).statusCode).toBe(200)
    await strict.close()
  })
})

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => found(port))
    })
  })
}
