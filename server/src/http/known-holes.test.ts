import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LabelFile, type Route, routes } from '@vesalius/contracts'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { greyDicom } from '../testing/dicom.ts'
import { openTestApp, signUp, type TestApp } from '../testing/test-app.ts'
import { phantomPng, projectOf, upload, uploadImage } from '../testing/uploads.ts'
import { registerSecurity } from './security.ts'

/**
 * Holes that programs of this kind had, each by its name. Those that another file tries anyway are named beside these in
 * `docs/security.md`; the last test here asks whether every test named there exists.
 */

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const SCRIPT = '<img src=x onerror=alert(1)><script>alert(2)</script>'

let test: TestApp
let ann: { cookie: string }
let project: string
beforeAll(async () => {
  test = await openTestApp()
  await signUp(test.app, 'root')
  ann = await signUp(test.app, 'ann')
  project = await projectOf(test.app, ann, 1001)
})
afterAll(() => test.close())

const get = (url: string, headers: Record<string, string> = ann) => test.app.inject({ url: `/api/v1${url}`, headers })
const send = (method: 'POST' | 'PUT' | 'PATCH', url: string, payload: object, headers: Record<string, string> = ann) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, payload })

it('stored script in an SVG file: it is no picture here, whatever its name and type say', async () => {
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`)
  const html = Buffer.from(`<!doctype html>${SCRIPT}`)
  const { items } = await upload(test.app, ann, project, [
    { name: 'a.svg', bytes: svg },
    { name: 'b.png', bytes: svg },
    { name: 'c.jpg', bytes: html },
  ])
  for (const item of items)
    expect(item).toMatchObject({ error: { code: expect.stringMatching(/^FILE_(NOT_AN_IMAGE|FORMAT_UNSUPPORTED)$/) } })
})

it('stored script in a file behind a true picture: it is served as that picture and as nothing else', async () => {
  const image = await uploadImage(test.app, ann, project, {
    name: 'x.html',
    bytes: Buffer.concat([await phantomPng({ seed: 7 }), Buffer.from(SCRIPT)]),
  })
  const file = await get(`/images/${image.id}/file`)
  expect(file.headers['content-type']).toBe('image/png')
  expect(file.headers['x-content-type-options']).toBe('nosniff')
  expect(file.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
})

it('stored script or header in a file name: it stays text in answers and is encoded in headers', async () => {
  const image = await uploadImage(test.app, ann, project, {
    name: `${SCRIPT.replaceAll('/', '')}".png`,
    bytes: await phantomPng({ seed: 8 }),
  })
  expect(image.name).toContain('<script>')
  expect((await get(`/images/${image.id}`)).headers['content-type']).toContain('application/json')
  expect((await send('PATCH', `/images/${image.id}`, { name: 'a\r\nset-cookie: x=y.png' })).statusCode).toBeLessThan(
    500,
  )
  const { headers } = await get(`/images/${image.id}/file`)
  expect(headers['set-cookie']).toBeUndefined()
  expect(String(headers['content-disposition'])).not.toMatch(/[\r\n<>]/)
})

it('stored script in the text of a label, a class or a remark: it stays text in answers', async () => {
  const base = await projectOf(test.app, ann, 1000)
  const image = await uploadImage(test.app, ann, base, { bytes: await phantomPng({ seed: 9 }) })
  const label = { type: 1000, data: { tags: [SCRIPT] } }
  expect((await send('PUT', `/images/${image.id}/label`, label)).statusCode).toBe(200)
  const answer = await get(`/images/${image.id}/label`)
  expect((answer.json() as LabelFile).data).toEqual({ tags: [SCRIPT] })
  expect(answer.headers['content-type']).toContain('application/json')
  const remark = await send('POST', `/images/${image.id}/comments`, { text: SCRIPT })
  expect([remark.statusCode, remark.json().text]).toEqual([201, SCRIPT])
})

it('stored script in a DICOM tag: it leaves the file on arrival, and no answer repeats it', async () => {
  const bytes = greyDicom({ more: { 1048592: ['PN', 'DOE^<script>'], 528432: ['LO', '<script>alert(1)'] } })
  const image = await uploadImage(test.app, ann, project, { name: 'd.dcm', bytes })
  for (const path of ['', '/deidentification', '/frames']) {
    expect((await get(`/images/${image.id}${path}`)).body).not.toContain('<script>')
  }
  expect((await get(`/images/${image.id}/file`)).rawPayload.includes('<script>')).toBe(false)
})

it('script by text on a page: nothing in the web application makes elements or code of text', async () => {
  const found: string[] = []
  const folder = join(ROOT, 'web/src')
  for (const name of await readdir(folder, { recursive: true })) {
    if (!/\.tsx?$/.test(name) || name.includes('.test.') || name.startsWith('testing/')) continue
    const text = await readFile(join(folder, name), 'utf8')
    if (/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc/.test(text))
      found.push(name)
  }
  expect(found).toEqual([])
})

/** Bodies of other programs' protocols hold more than we read. */
const OF_OTHERS = ['infer', 'inferVersion', 'labelStudioPredict', 'labelStudioSetup', 'labelStudioWebhook']

it('mass assignment: no body keeps a field that its route does not name', async () => {
  const loose = (Object.entries(routes) as [string, Route][]).filter(([name, { body }]) => {
    if (!body || OF_OTHERS.includes(name)) return false
    const { $defs = {}, ...root } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Json
    return isLoose(root, $defs as Record<string, Json>)
  })
  expect(loose.map(([name]) => name)).toEqual([])
  const me = (await get('/me')).json()
  for (const extra of [{ role: 'administrator' }, { emailVerified: true }, { id: me.id }]) {
    const input = { username: 'eve', email: 'eve@example.org', password: 'correct horse battery', ...extra }
    expect((await send('POST', '/auth/register', input, {})).statusCode).toBe(422)
  }
  const theft = await send('PATCH', `/projects/${project}`, { name: 'x', owner_id: me.id, organisationId: me.id })
  expect(theft.statusCode).toBe(422)
})

type Json = Record<string, unknown>
function isLoose(schema: Json, definitions: Record<string, Json>): boolean {
  if (typeof schema.$ref === 'string') {
    return isLoose(definitions[schema.$ref.replace('#/$defs/', '')] ?? {}, definitions)
  }
  const choices = [...((schema.anyOf as Json[]) ?? []), ...((schema.oneOf as Json[]) ?? [])]
  if (choices.length > 0) return choices.some((choice) => isLoose(choice, definitions))
  const { additionalProperties: more } = schema
  return schema.type === 'object' && typeof more === 'object' && Object.keys(more as Json).length === 0
}

it('a token that leaks by a link: no address signs anybody in, and pages tell other sites no address', async () => {
  const { secret } = (await send('POST', '/tokens', { name: 'script' })).json()
  for (const query of [`token=${secret}`, `access_token=${secret}`, `api_key=${secret}`]) {
    expect((await get(`/me?${query}`, {})).statusCode).toBe(401)
  }
  expect((await get('/setup', {})).headers['referrer-policy']).toBe('same-origin')
  const { headers } = await get('/me', { authorization: `Bearer ${secret}` })
  expect(headers['set-cookie']).toBeUndefined()
})

it('IDOR: an id of somebody else is answered as one that does not exist, byte for byte', async () => {
  const other = await signUp(test.app, 'ben')
  const image = await uploadImage(test.app, ann, project, { bytes: await phantomPng({ seed: 11 }) })
  const nobody = '0190a000-0000-7000-8000-000000000001'
  for (const path of ['', '/file', '/label', '/preview', '/predictions', '/comments', '/label/revisions']) {
    const [theirs, none] = await Promise.all([image.id, nobody].map((id) => get(`/images/${id}${path}`, other)))
    const told = ({ requestId: _, ...body }: Json) => body
    expect([theirs?.statusCode, told(theirs?.json() ?? {})]).toEqual([404, told(none?.json() ?? {})])
  }
})

it('answers about people stay in no cache, and https is asked for where people come by it', async () => {
  expect((await get('/me')).headers['cache-control']).toBe('private, no-store')
  expect((await get('/me')).headers['strict-transport-security']).toBeUndefined()
  const app = Fastify()
  registerSecurity(app, { publicUrl: 'https://vesalius.clinic.example', cdn: null })
  app.get('/x', async () => 'x')
  const { headers } = await app.inject({ url: '/x' })
  expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
})

it('an address claimed in a header counts only behind a proxy that the settings name', async () => {
  const guess = (app: TestApp, from: string) =>
    app.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { 'x-forwarded-for': from },
      payload: { login: 'guessed', password: 'wrong' },
    })
  const guessMany = async (app: TestApp) => {
    for (let from = 1; from <= 10; from += 1) await guess(app, `203.0.113.${from}`)
    return (await guess(app, '203.0.113.99')).statusCode
  }
  const behind = await openTestApp({ environment: { VESALIUS_TRUSTED_PROXIES: '127.0.0.1' } })
  expect([await guessMany(test), await guessMany(behind)]).toEqual([429, 401])
  await behind.close()
})

it('path traversal in addresses: nothing outside of the web application is served', async () => {
  for (const path of [
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%2e%2e/secret',
  ]) {
    const answer = await test.app.inject({ url: path })
    expect(answer.body, path).not.toContain('"workspaces"')
    expect(answer.statusCode).toBeLessThan(500)
  }
})

it('a character that no text can hold is refused as bad input, in bodies and in addresses', async () => {
  const refused = [
    await send('POST', '/articles', { title: 'a\u0000b' }),
    await send('PATCH', `/projects/${project}`, { classes: ['a\u0000', 'b'] }),
    await get('/messages?text=%00'),
  ]
  expect(refused.map(({ statusCode }) => statusCode)).toEqual([422, 422, 422])
})

it('every test that docs/security.md names exists', async () => {
  const page = await readFile(join(ROOT, 'docs/security.md'), 'utf8')
  const named = [...page.matchAll(/`([\w./-]+\.(?:test|e2e)\.tsx?)`: \*([^*]+)\*/g)]
  expect(named.length).toBeGreaterThan(15)
  const missing: string[] = []
  for (const [, file = '', title = ''] of named) {
    const text = await readFile(join(ROOT, file), 'utf8').catch(() => '')
    if (!text.replaceAll("\\'", "'").includes(title)) missing.push(`${file}: ${title}`)
  }
  expect(missing).toEqual([])
})
