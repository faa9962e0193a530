import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Import, ImportItem } from '@vesalius/contracts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { listKeys } from '../../testing/test-storage.ts'
import { phantomPng, projectOf, sendForm, uploadImage } from '../../testing/uploads.ts'
import { type ZipPart, zipOf } from '../../testing/zip.ts'

let test: TestApp
let ann: { cookie: string }
let eve: { cookie: string }
let project: string
let folder: string
let server: Server
let address: string
const served = new Map<string, Buffer>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vesalius-import-'))
  server = createServer((request, response) => {
    const body = served.get(request.url ?? '')
    response.writeHead(body ? 200 : 404).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  test = await openTestApp({
    worker: true,
    environment: {
      VESALIUS_IMPORT_DIRS: join(folder, 'open'),
      VESALIUS_OUTGOING_ALLOW: '127.0.0.1',
      VESALIUS_IMPORT_BUCKETS: `s3://scans?endpoint=${address}`,
      VESALIUS_IMPORT_KEY_ID: 'key',
      VESALIUS_IMPORT_KEY_SECRET: 'secret',
    },
  })
  ann = await signUp(test.app, 'ann')
  eve = await signUp(test.app, 'eve')
  project = await newProject()
})
afterAll(async () => {
  await test.close()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

async function newProject(): Promise<string> {
  const payload = { name: 'many', taskType: 1001 }
  return (await test.app.inject({ method: 'POST', url: '/api/v1/projects', headers: ann, payload })).json().id
}
let seed = 100
const picture = () => phantomPng({ seed: ++seed, width: 20, height: 16 })
const get = async (url: string, headers = ann) => test.app.inject({ url: `/api/v1${url}`, headers })
const post = (url: string, payload?: object, headers = ann) =>
  test.app.inject({ method: 'POST', url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })

/** A busy machine decodes slowly. */
const PATIENCE = { timeout: 120_000, interval: 20 }

async function finished(id: string): Promise<Import & { items: ImportItem[] }> {
  const done = await vi.waitFor(async () => {
    const now: Import = (await get(`/imports/${id}`)).json()
    expect(now.finishedAt).not.toBeNull()
    return now
  }, PATIENCE)
  await vi.waitFor(async () => expect(await stagedFiles(`${id}/`)).toEqual([]), PATIENCE)
  return { ...done, items: (await get(`/imports/${id}/items?limit=500`)).json().items }
}
const stagedFiles = (folder = '') => listKeys(test.context.storage, `imports/${folder}`)
const told = (items: ImportItem[]) => items.map(({ path, state, error }) => [path, error?.code ?? state])

async function sendArchive(parts: ZipPart[], projectId = project, query = '') {
  const form = new FormData()
  form.append('file', new File([Uint8Array.from(zipOf(parts))], 'scans.zip'))
  return sendForm(test.app, ann, projectId + query, form)
}
async function importJson(payload: object, projectId = project) {
  const response = await post(`/projects/${projectId}/imports`, payload)
  expect(response.statusCode, response.body).toBe(202)
  return finished(response.json().id)
}

it('a zip archive becomes one job with a report of each file, and its images are free to annotate', async () => {
  const mine = await newProject()
  const form = new FormData()
  const gbk = Buffer.from([0xd3, 0xb0, 0xcf, 0xf1, 0x2e, 0x70, 0x6e, 0x67])
  const archive = zipOf([
    { path: 'b/one.png', bytes: await picture() },
    { path: 'a/two.png', bytes: await picture(), isStored: true },
    { path: gbk, bytes: await picture() },
    { path: 'notes.txt', bytes: Buffer.from('hello') },
    { path: 'inner.zip', bytes: zipOf([{ path: 'x.png', bytes: await picture() }]) },
    { path: 'link.png', bytes: Buffer.from('/etc/passwd'), mode: 0o120777 },
    { path: 'locked.png', bytes: await picture(), isEncrypted: true },
    { path: 'bomb.png', bytes: Buffer.alloc(20 * 1024 ** 2) },
    { path: 'a/two.png', bytes: await picture() },
    { path: 'empty/', bytes: new Uint8Array() },
    { path: '__MACOSX/._one.png', bytes: Buffer.from('x') },
    { path: '.DS_Store', bytes: Buffer.from('x') },
  ])
  form.append('file', new File([Uint8Array.from(archive)], 'scans.zip'))
  const answer = await sendForm(test.app, ann, mine, form)
  expect(answer.statusCode).toBe(202)
  const { importId, imports, items: sent } = answer.json()
  expect([imports[0].id, imports[0].source, imports[0].kind, sent]).toEqual([importId, 'scans.zip', 'archive', []])
  const { items, ...done } = await finished(importId)
  expect(done).toMatchObject({ state: 'succeeded', total: 9, stored: 3, refused: 6, duplicates: 0, ignored: 3 })
  await vi.waitFor(async () => {
    const [note] = (await get('/notifications')).json().items
    expect(note).toMatchObject({ kind: 'import', outcome: 'succeeded', project: { id: mine } })
  }, PATIENCE)
  expect(told(items)).toEqual([
    ['b/one.png', 'stored'],
    ['a/two.png', 'stored'],
    ['影像.png', 'stored'],
    ['notes.txt', 'FILE_NOT_AN_IMAGE'],
    ['inner.zip', 'ARCHIVE_UNUSABLE'],
    ['link.png', 'ARCHIVE_UNUSABLE'],
    ['locked.png', 'ARCHIVE_UNUSABLE'],
    ['bomb.png', 'ARCHIVE_UNUSABLE'],
    ['a/two.png (2)', 'ARCHIVE_UNUSABLE'],
  ])
  const images = (await get(`/projects/${mine}/images?order=oldest`)).json().items
  expect(images.map((image: { name: string; state: string }) => [image.name, image.state])).toEqual([
    ['one.png', 'NORMAL'],
    ['two.png', 'NORMAL'],
    ['影像.png', 'NORMAL'],
  ])
  expect(await test.context.storage.size(images[0].uri.replace('.png', '.label'))).not.toBeNull()
  const label = (await get(`/images/${images[0].id}/label`)).json()
  expect(label.meta.note).toContain('No model')
  expect(await stagedFiles()).toEqual([])
  const refused = (await get(`/imports/${importId}/items?state=refused&limit=2`)).json()
  expect(told(refused.items)).toEqual([
    ['notes.txt', 'FILE_NOT_AN_IMAGE'],
    ['inner.zip', 'ARCHIVE_UNUSABLE'],
  ])
  const next = (await get(`/imports/${importId}/items?state=refused&limit=9&cursor=${refused.nextCursor}`)).json()
  expect([next.items.length, next.nextCursor]).toEqual([4, null])
})

it('label files beside images become their annotations, each with its own line of the report', async () => {
  const mine = await newProject()
  const label = (value: number) =>
    Buffer.from(
      JSON.stringify({ type: 1001, data: { key: { 0: 'negative', 1: 'positive' }, value }, meta: { revision: 4 } }),
    )
  const ofMany = { type: 1003, data: { key: ['negative', 'positive'], weight: [0, 1], value: 1 } }
  const answer = await sendArchive(
    [
      { path: 'a/one.label', bytes: label(1) },
      { path: 'a/one.png', bytes: await picture() },
      { path: 'a/two.png', bytes: await picture() },
      { path: 'a/two.png.label', bytes: label(0) },
      { path: 'three.png', bytes: await picture() },
      { path: 'three.label', bytes: Buffer.from(JSON.stringify(ofMany)) },
      { path: 'four.png', bytes: await picture() },
      { path: 'four.label', bytes: Buffer.from('{') },
      { path: 'five.png', bytes: Buffer.from('no picture') },
      { path: 'five.label', bytes: label(1) },
      { path: 'b/one.label', bytes: label(1) },
    ],
    mine,
  )
  const { items, ...done } = await finished(answer.json().importId)
  expect(done).toMatchObject({ state: 'succeeded', total: 11, stored: 4, labels: 2, refused: 5 })
  expect(told(items).sort()).toEqual([
    ['a/one.label', 'label'],
    ['a/one.png', 'stored'],
    ['a/two.png', 'stored'],
    ['a/two.png.label', 'label'],
    ['b/one.label', 'LABEL_MISMATCH'],
    ['five.label', 'LABEL_MISMATCH'],
    ['five.png', 'FILE_NOT_AN_IMAGE'],
    ['four.label', 'VALIDATION_FAILED'],
    ['four.png', 'stored'],
    ['three.label', 'LABEL_MISMATCH'],
    ['three.png', 'stored'],
  ])
  expect(items.find(({ path }) => path === 'three.label')?.error).toMatchObject({
    message: 'The label is of task type 1003, the project of 1001.',
    told: { template: 'The label is of task type {0}, the project of {1}.', values: ['1003', '1001'] },
  })
  const images = (await get(`/projects/${mine}/images?order=name`)).json().items
  const values = images.map(({ name, labelValue }: { name: string; labelValue: number | null }) => [name, labelValue])
  expect(values).toEqual([
    ['four.png', null],
    ['one.png', 1],
    ['three.png', null],
    ['two.png', 0],
  ])
  expect(items.find(({ path }) => path === 'a/one.label')?.imageId).toBe(images[1].id)
})

it.each([
  ['a path that leads out', [{ path: '../evil.png', bytes: Buffer.from('x') }]],
  ['an absolute path', [{ path: '/evil.png', bytes: Buffer.from('x') }]],
  ['no file', [{ path: 'empty/', bytes: new Uint8Array() }]],
])('an archive with %s is refused as a whole', async (_, parts) => {
  const answer = await sendArchive(parts)
  expect([answer.statusCode, answer.json().items[0].error.code]).toEqual([422, 'ARCHIVE_UNUSABLE'])
})

it('an archive that is cut off is refused, and a picture sent along goes in', async () => {
  const form = new FormData()
  form.append('file', new File([Uint8Array.from(await picture())], 'a.png'))
  const whole = zipOf([{ path: 'b.png', bytes: await picture() }])
  form.append('file', new File([Uint8Array.from(whole.subarray(0, whole.length - 30))], 'b.zip'))
  const answer = await sendForm(test.app, ann, project, form)
  const [first, second] = answer.json().items
  expect([answer.statusCode, first.image.name, second.error.code]).toEqual([201, 'a.png', 'ARCHIVE_UNUSABLE'])
})

it('files of a form are one job; archives among them are opened', async () => {
  const form = new FormData()
  const bytes = await picture()
  for (let at = 0; at < 3; at += 1) form.append('file', new File([Uint8Array.from(bytes)], 'same.png'))
  form.append('file', new File([Uint8Array.from(zipOf([{ path: 'in/x.png', bytes: await picture() }]))], 'x.zip'))
  form.append('file', new File(['PK\x03\x04 no archive'], 'y.zip'))
  const body = new Response(form)
  const answer = await test.app.inject({
    method: 'POST',
    url: `/api/v1/projects/${project}/imports`,
    headers: { ...ann, 'content-type': body.headers.get('content-type') ?? '' },
    payload: Buffer.from(await body.arrayBuffer()),
  })
  expect(answer.statusCode).toBe(202)
  const done = await finished(answer.json().id)
  expect(told(done.items)).toEqual([
    ['1/same.png', 'stored'],
    ['2/same.png', 'FILE_DUPLICATE'],
    ['3/same.png', 'FILE_DUPLICATE'],
    ['4/x.zip/in/x.png', 'stored'],
    ['5/y.zip', 'ARCHIVE_UNUSABLE'],
  ])
  expect(done.items[1]?.imageId).toBe(done.items[0]?.imageId)

  const copies = (await post(`/imports/${done.id}/copies`)).json()
  expect([copies.copied.length, copies.left]).toEqual([2, 0])
  const [copy, first] = await Promise.all(
    [copies.copied[0], done.items[0]?.imageId].map(async (id) => (await get(`/images/${id}`)).json()),
  )
  expect([copy.uri, copy.name]).toEqual([first.uri, 'same.png'])
  expect((await get(`/imports/${done.id}`)).json()).toMatchObject({ stored: 4, duplicates: 0, refused: 1 })
})

it('a folder of the server is imported with those inside, links left alone, none outside of the allowed ones', async () => {
  const open = join(folder, 'open')
  await mkdir(join(open, 'day', 'one'), { recursive: true })
  await mkdir(join(folder, 'secret'))
  await writeFile(join(open, 'day', 'a.png'), await picture())
  await writeFile(join(open, 'day', 'one', 'b.png'), await picture())
  await writeFile(join(folder, 'secret', 's.png'), await picture())
  await symlink(join(folder, 'secret', 's.png'), join(open, 'day', 'l.png'))
  await symlink(join(folder, 'secret'), join(open, 'way-out'))
  expect((await get(`/projects/${project}/import-folders`)).json().folders).toEqual([{ name: open, path: open }])
  expect(
    (await get(`/projects/${project}/import-folders?path=${encodeURIComponent(join(open, 'day'))}`)).json(),
  ).toEqual({
    folders: [{ name: 'one', path: join(open, 'day', 'one') }],
    files: 1,
  })
  const done = await importJson({ kind: 'folder', path: join(open, 'day') })
  expect(told(done.items)).toEqual([
    ['a.png', 'stored'],
    ['one/b.png', 'stored'],
  ])
  expect(done.ignored).toBe(1)
  const outside = ['secret', 'open/way-out', 'open/../secret', 'open/missing', 'openly'].map(
    (path) => `${folder}/${path}`,
  )
  for (const path of [...outside, '/etc', 'relative']) {
    expect((await post(`/projects/${project}/imports`, { kind: 'folder', path })).statusCode, path).toBe(404)
    expect((await get(`/projects/${project}/import-folders?path=${encodeURIComponent(path)}`)).statusCode).toBe(404)
  }
})

it('an address gives a picture or an archive; what the server may not call is refused', async () => {
  served.set('/scan.png', await picture())
  served.set('/all.zip?x=1', zipOf([{ path: 'z.png', bytes: await picture() }]))
  expect(told((await importJson({ kind: 'address', url: `${address}/scan.png` })).items)).toEqual([
    ['scan.png', 'stored'],
  ])
  expect(told((await importJson({ kind: 'address', url: `${address}/all.zip?x=1` })).items)).toEqual([
    ['z.png', 'stored'],
  ])
  const missing = await importJson({ kind: 'address', url: `${address}/missing` })
  expect([missing.state, missing.error?.code]).toEqual(['failed', 'OUTGOING_FAILED'])
  const inside = await importJson({ kind: 'address', url: 'http://169.254.169.254/latest/meta-data/' })
  expect([inside.state, inside.error?.code]).toEqual(['failed', 'OUTGOING_REFUSED'])
  for (const url of ['file:///etc/passwd', 'ftp://x/y', 'nonsense', 'https://a:b@example.org/x.png']) {
    expect((await post(`/projects/${project}/imports`, { kind: 'address', url })).statusCode, url).toBe(422)
  }
})

it('a bucket gives all objects below a key, and signs with the keys of the installation only where it is listed', async () => {
  served.set(
    '/scans/?list-type=2&prefix=day%2F',
    Buffer.from(`<ListBucketResult><IsTruncated>true</IsTruncated>
    <NextContinuationToken>t&amp;1</NextContinuationToken>
    <Contents><Key>day/</Key><Size>0</Size></Contents>
    <Contents><Key>day/a &amp; b.png</Key><Size>9</Size></Contents></ListBucketResult>`),
  )
  served.set(
    '/scans/?list-type=2&prefix=day%2F&continuation-token=t%261',
    Buffer.from(`<ListBucketResult>
    <IsTruncated>false</IsTruncated><Contents><Key>day/c.png</Key><Size>9</Size></Contents></ListBucketResult>`),
  )
  served.set('/scans/day/a%20%26%20b.png', await picture())
  served.set('/scans/day/c.png', await picture())
  const seen: (string | undefined)[] = []
  server.on('request', (request) => seen.push(request.headers.authorization))
  const done = await importJson({ kind: 'address', url: 's3://scans/day/' })
  expect(told(done.items)).toEqual([
    ['a & b.png', 'stored'],
    ['c.png', 'stored'],
  ])
  expect(seen).toHaveLength(4)
  for (const header of seen) expect(header).toMatch(/^AWS4-HMAC-SHA256 Credential=key\//)
})

it('goes on behind the files that are done when a process ended on the way', async () => {
  const mine = await newProject()
  const parts = await Promise.all([0, 1, 2].map(async (at) => ({ path: `${at}.png`, bytes: await picture() })))
  const answer = await sendArchive(parts, mine)
  const { db, jobs, storage } = test.context
  const done = await finished(answer.json().importId)
  const images = (await get(`/projects/${mine}/images?order=oldest`)).json().items
  await db.updateTable('imports').set({ state: 'running', stored: 2 }).where('id', '=', done.id).execute()
  await db.deleteFrom('import_items').where('import_id', '=', done.id).where('position', '=', 2).execute()
  await db.deleteFrom('images').where('id', '=', images[2].id).execute()
  const staged = `imports/${done.id}`
  await storage.write(`${staged}/f`, zipOf(parts))
  await storage.write(
    `${staged}/manifest.json`,
    JSON.stringify([{ file: 'f', name: 'a.zip', byteSize: zipOf(parts).length }]),
  )
  await db.updateTable('imports').set({ finished_at: null }).where('id', '=', done.id).execute()
  await db.transaction().execute((trx) => jobs.enqueue(trx, 'import-images', { importId: done.id }, { key: done.id }))
  const again = await finished(done.id)
  expect(told(again.items)).toEqual([
    ['0.png', 'stored'],
    ['1.png', 'stored'],
    ['2.png', 'stored'],
  ])
  expect([again.state, again.stored]).toEqual(['succeeded', 3])
  const now = (await get(`/projects/${mine}/images?order=oldest`)).json().items
  expect(now.map((image: { name: string }) => image.name)).toEqual(['0.png', '1.png', '2.png'])
})

it('one that was told to stop before it began makes nothing', async () => {
  const mine = await newProject()
  const { db, jobs } = test.context
  const id = '01980000-0000-7000-8000-000000000001' as never
  const user = await db.selectFrom('users').select('id').where('username', '=', 'ann').executeTakeFirstOrThrow()
  await db
    .insertInto('imports')
    .values({
      id,
      project_id: mine as never,
      created_by: user.id,
      kind: 'folder',
      source: join(folder, 'open'),
      duplicates: 'keep',
      state: 'pending',
      total: null,
      error: null,
      started_at: null,
      finished_at: null,
    })
    .execute()
  expect((await test.app.inject({ method: 'DELETE', url: `/api/v1/imports/${id}`, headers: ann })).statusCode).toBe(202)
  await db.transaction().execute((trx) => jobs.enqueue(trx, 'import-images', { importId: id }, { key: id }))
  expect(await finished(id)).toMatchObject({ state: 'cancelled', stored: 0, items: [] })
})

it('content the project holds already is stored, shared, left out or asked about, as one says or the project remembers', async () => {
  const mine = await newProject()
  const bytes = await picture()
  const first = await uploadImage(test.app, ann, mine, { bytes })
  const form = async (duplicates?: string) => {
    const body = new FormData()
    body.append('file', new File([Uint8Array.from(bytes)], 'b.png'))
    const response = new Response(body)
    return (
      await test.app.inject({
        method: 'POST',
        url: `/api/v1/projects/${mine}/images${duplicates ? `?duplicates=${duplicates}` : ''}`,
        headers: { ...ann, 'content-type': response.headers.get('content-type') ?? '' },
        payload: Buffer.from(await response.arrayBuffer()),
      })
    ).json().items[0]
  }
  const kept = await form()
  expect([kept.duplicateOf, kept.image.uri === first.uri]).toEqual([first.id, false])
  const copied = await form('copy')
  expect([copied.duplicateOf, copied.image.uri, copied.image.name]).toEqual([first.id, first.uri, 'b.png'])
  expect((await get(`/images/${copied.image.id}/file`)).rawPayload.equals(bytes)).toBe(true)
  for (const choice of ['ask', 'skip']) {
    const item = await form(choice)
    expect([item.error.code, item.duplicateOf]).toEqual(['FILE_DUPLICATE', first.id])
  }
  const settings = { method: 'PATCH', url: `/api/v1/projects/${mine}`, headers: ann } as const
  expect((await test.app.inject({ ...settings, payload: { duplicates: 'copy' } })).json().duplicates).toBe('copy')
  expect((await form()).image.uri).toBe(first.uri)
  await test.app.inject({ method: 'DELETE', url: `/api/v1/images/${first.id}`, headers: ann })
  await post(`/images/${first.id}/purge`)
  expect((await get(`/images/${copied.image.id}/file`)).statusCode).toBe(200)
})

it('folders of the server are shown to those who may import into the project, or to administrators alone', async () => {
  const url = `/projects/${project}/import-folders`
  expect((await get(url, eve)).statusCode).toBe(404)
  expect((await test.app.inject({ url: `/api/v1${url}` })).statusCode).toBe(401)
  const mine = await projectOf(test.app, eve, 1001)
  const opened = (await get(`/projects/${mine}/import-folders`, eve)).json().folders
  expect(opened).toEqual([{ name: join(folder, 'open'), path: join(folder, 'open') }])
  const strict = await openTestApp({
    environment: { VESALIUS_IMPORT_DIRS: join(folder, 'open'), VESALIUS_IMPORT_DIRS_FOR: 'administrators' },
  })
  try {
    const [administrator, other] = [await signUp(strict.app, 'first'), await signUp(strict.app, 'second')]
    for (const [headers, count, status] of [
      [administrator, 1, 202],
      [other, 0, 404],
    ] as const) {
      const own = await projectOf(strict.app, headers, 1001)
      const listed = await strict.app.inject({ url: `/api/v1/projects/${own}/import-folders`, headers })
      expect(listed.json().folders).toHaveLength(count)
      const asked = await strict.app.inject({
        method: 'POST',
        url: `/api/v1/projects/${own}/imports`,
        headers,
        payload: { kind: 'folder', path: join(folder, 'open') },
      })
      expect(asked.statusCode).toBe(status)
    }
  } finally {
    await strict.close()
  }
})

it('others see nothing of an import, and cannot start one', async () => {
  const answer = await sendArchive([{ path: 'p.png', bytes: await picture() }])
  const { importId } = answer.json()
  await finished(importId)
  for (const url of [`/imports/${importId}`, `/imports/${importId}/items`, `/projects/${project}/imports`]) {
    expect((await get(url, eve)).statusCode).toBe(404)
  }
  expect(
    (await test.app.inject({ method: 'DELETE', url: `/api/v1/imports/${importId}`, headers: eve })).statusCode,
  ).toBe(404)
  const payload = { kind: 'folder', path: join(folder, 'open') }
  expect((await post(`/projects/${project}/imports`, payload, eve)).statusCode).toBe(404)
  expect((await test.app.inject({ url: `/api/v1/imports/${importId}` })).statusCode).toBe(401)
  const unknown = { kind: 'folder', path: '/x', more: 1 }
  expect((await post(`/projects/${project}/imports`, unknown)).statusCode).toBe(422)
  expect((await get(`/projects/${await projectOf(test.app, eve, 1001)}/imports`, eve)).json().items).toEqual([])
})
