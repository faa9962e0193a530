import { existsSync } from 'node:fs'
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf } from '../../testing/uploads.ts'
import { zipOf } from '../../testing/zip.ts'
import { UploadFiles } from './upload-files.ts'

let test: TestApp
let ann: { cookie: string }
let eve: { cookie: string }
let project: string
let address: string
beforeAll(async () => {
  test = await openTestApp({ worker: true, environment: { VESALIUS_MAX_FILE_MB: '1', VESALIUS_MAX_ARCHIVE_MB: '3' } })
  ann = await signUp(test.app, 'ann')
  eve = await signUp(test.app, 'eve')
  project = await projectOf(test.app, ann, 1001)
  address = await test.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => test.close())

type Options = { headers?: Record<string, string>; body?: Uint8Array; as?: { cookie: string } }
const send = (method: string, url: string, { headers = {}, body, as = ann }: Options = {}) =>
  fetch(new URL(url, address), {
    method,
    headers: { ...as, 'tus-resumable': '1.0.0', ...headers },
    ...(body ? { body: Uint8Array.from(body) } : {}),
  })
const encode = (facts: Record<string, string>) =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')
const create = (size: number, facts: Record<string, string> = {}, as = ann) =>
  send('POST', '/api/v1/uploads', {
    as,
    headers: {
      'upload-length': String(size),
      'upload-metadata': encode({ projectId: project, filename: 'scan.png', ...facts }),
    },
  })
const place = async (size: number, facts = {}) => (await create(size, facts)).headers.get('location') ?? ''
const piece = (url: string, offset: number, body: Uint8Array, as = ann) =>
  send('PATCH', url, {
    as,
    body,
    headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
  })
const offsetOf = async (url: string) => (await send('HEAD', url)).headers.get('upload-offset')
const result = async (url: string) => (await send('GET', `${url}/result`)).json()

it('a picture sent in pieces becomes an image of the id of the upload, once, however often one asks', async () => {
  const bytes = await phantomPng()
  const url = await place(bytes.length, { filename: '图 1.png', group: 'p7' })
  expect(await offsetOf(url)).toBe('0')
  expect((await piece(url, 0, bytes.subarray(0, 1000))).status).toBe(204)
  expect(await offsetOf(url)).toBe('1000')
  expect((await piece(url, 500, bytes.subarray(500))).status).toBe(409)
  expect((await result(url)).code).toBe('CONFLICT')
  expect((await piece(url, 1000, bytes.subarray(1000))).status).toBe(204)
  const { items } = await result(url)
  expect([items[0].name, items[0].image.name, url.endsWith(items[0].image.id)]).toEqual(['图 1.png', '图 1.png', true])
  expect(await offsetOf(url)).toBe(String(bytes.length))
  expect(await result(url)).toEqual({ items, import: null })
  const file = await fetch(`${address}/api/v1/images/${items[0].image.id}/file`, { headers: ann })
  expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true)
})

it('an archive goes on as an import, also one larger than a picture may be', async () => {
  const parts = await Promise.all(
    [1, 2].map(async (seed) => ({ path: `${seed}.png`, bytes: await phantomPng({ seed }) })),
  )
  const filler = { path: 'large.bin', bytes: new Uint8Array(1.5 * 1024 ** 2), isStored: true }
  const archive = zipOf([...parts, filler])
  const url = await place(archive.length, { filename: 'all.zip', duplicates: 'keep' })
  expect((await piece(url, 0, archive)).status).toBe(204)
  const { items, import: made } = await result(url)
  expect([items, made.source, url.endsWith(made.id)]).toEqual([[], 'all.zip', true])
  const done = await vi.waitFor(
    async () => {
      const now = await (await send('GET', `/api/v1/imports/${made.id}`)).json()
      expect(now.finishedAt).not.toBeNull()
      return now
    },
    { timeout: 120_000 },
  )
  expect(done).toMatchObject({ state: 'succeeded', stored: 2, refused: 1 })
})

it('what is no picture, too large, or a duplicate is told with its reason', async () => {
  const codeOf = async (bytes: Uint8Array, facts = {}) => {
    const url = await place(bytes.length, facts)
    expect((await piece(url, 0, bytes)).status).toBe(204)
    return (await result(url)).items[0].error?.code
  }
  expect(await codeOf(Buffer.from('hello'))).toBe('FILE_NOT_AN_IMAGE')
  expect(await codeOf(Buffer.alloc(1.5 * 1024 ** 2))).toBe('FILE_TOO_LARGE')
  expect(await codeOf(await phantomPng(), { duplicates: 'ask' })).toBe('FILE_DUPLICATE')
  expect(await readdir(test.context.storage.scratchDirectory)).toEqual([])
})

it('is refused without an account, for a project of others, without metadata, and beyond the largest size', async () => {
  expect((await create(10, {}, { cookie: '' })).status).toBe(401)
  expect((await create(10, {}, eve)).status).toBe(404)
  expect((await create(10, { projectId: 'none' })).status).toBe(422)
  expect((await create(4 * 1024 ** 2)).status).toBe(413)
})

it('nobody but its owner sees an upload, and it can be ended', async () => {
  const url = await place(10)
  expect((await send('HEAD', url, { as: eve })).status).toBe(404)
  expect((await piece(url, 0, Buffer.from('x'), eve)).status).toBe(404)
  expect((await send('GET', `${url}/result`, { as: eve })).status).toBe(404)
  expect((await send('HEAD', '/api/v1/uploads/..%2Flock.json')).status).toBe(404)
  expect((await send('DELETE', url)).status).toBe(204)
  expect((await send('HEAD', url)).status).toBe(404)
})

it('after a kill between image and answer the upload is known to be done, and is not made twice', async () => {
  const bytes = await phantomPng({ seed: 77 })
  const url = await place(bytes.length)
  await piece(url, 0, bytes)
  const before = await result(url)
  const id = url.split('/').at(-1) ?? ''
  const { rm } = await import('node:fs/promises')
  await rm(join(test.dataDirectory, 'uploads', `${id}.result`))
  expect(await offsetOf(url)).toBe(String(bytes.length))
  expect((await result(url)).items[0].image.id).toBe(before.items[0].image.id)
})

it('what nobody touched for a day is swept', async () => {
  const url = await place(10)
  const path = join(test.dataDirectory, 'uploads', url.split('/').at(-1) ?? '')
  const files = new UploadFiles(test.dataDirectory)
  await files.sweep()
  expect(existsSync(path)).toBe(true)
  const old = new Date(Date.now() - 25 * 3600_000)
  for (const end of ['', '.json']) await utimes(path + end, old, old)
  await files.sweep()
  expect([existsSync(path), existsSync(`${path}.json`)]).toEqual([false, false])
})
