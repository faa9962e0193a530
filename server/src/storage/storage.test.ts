import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Image } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { examine, isHealthy } from '../features/doctor/examine.ts'
import { PreviewCache } from '../features/images/preview-cache.ts'
import { openTestBucket, type TestBucket } from '../testing/open-bucket.ts'
import { openTestApp, signUp, type TestApp } from '../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../testing/uploads.ts'
import { zipOf } from '../testing/zip.ts'
import { openBucketStore } from './bucket-store.ts'
import { openFolderStore } from './folder.ts'
import { migrateStorage } from './migrate-storage.ts'
import { openMovingStore } from './moving-store.ts'
import type { ObjectStore } from './storage.ts'
import { readBucketAddress } from './storage-settings.ts'

let bucket: TestBucket
let root: string
beforeAll(async () => {
  bucket = await openTestBucket()
  root = await mkdtemp(join(tmpdir(), 'vesalius-storage-'))
})
afterAll(async () => {
  await bucket.close()
  await rm(root, { recursive: true, force: true })
})

async function openStores(name: string): Promise<{ folder: ObjectStore; remote: ObjectStore; scratch: string }> {
  const base = join(root, name)
  const scratch = join(base, 'scratch')
  await mkdir(scratch, { recursive: true })
  const { storage } = readConfig(bucket.environment)
  if (!storage.bucket) throw new Error('the settings name no bucket')
  const remote = openBucketStore(
    { ...storage.bucket, prefix: `${storage.bucket.prefix}${name}/` },
    { cache: new PreviewCache(join(base, 'cache'), storage.cacheBytes), workDirectory: join(base, 'work') },
  )
  return { folder: openFolderStore(base, { scratchDirectory: scratch }), remote, scratch }
}

async function keysOf(store: ObjectStore, folder: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list(folder)) keys.push(key)
  return keys
}

describe.each(['folder', 'remote'] as const)('a storage (%s)', (kind) => {
  it('keeps objects whole, gives them back in part, lists, pins and removes them', async () => {
    const { [kind]: store, scratch } = await openStores(`contract-${kind}`)
    await store.write('users/u/a.label', '{"a":1}')
    await store.write('users/u/a.label', '{"a":2}')
    expect((await store.read('users/u/a.label')).toString()).toBe('{"a":2}')
    // Larger than one piece, so that it goes up in several.
    const large = randomBytes(17 * 1024 * 1024)
    await writeFile(join(scratch, 'large'), large)
    await store.adopt('users/u/b.png', join(scratch, 'large'))
    expect(existsSync(join(scratch, 'large'))).toBe(false)
    expect(await store.size('users/u/b.png')).toBe(large.length)
    expect((await store.read('users/u/b.png')).equals(large)).toBe(true)
    const part = await buffer(store.stream('users/u/b.png', { start: 1000, end: 1999 }))
    expect(part.equals(large.subarray(1000, 2000))).toBe(true)
    expect((await readFile(await store.localFile('users/u/b.png'))).equals(large)).toBe(true)
    const pinned = await store.pinFile('users/u/b.png', 'projects/p/runs/r/')
    expect((await readFile(pinned)).equals(large)).toBe(true)
    await store.write('users/v/c.label', 'c')
    expect(await keysOf(store, 'users/')).toEqual(['users/u/a.label', 'users/u/b.png', 'users/v/c.label'])
    await store.remove('users/u/b.png')
    expect(await store.size('users/u/b.png')).toBeNull()
    await expect(store.read('users/u/b.png')).rejects.toThrow()
    await store.removeFolder('users/u/')
    expect(await keysOf(store, 'users/')).toEqual(['users/v/c.label'])
    await expect(store.write('../x', 'x')).rejects.toThrow(RangeError)
  })
})

it('an address for browsers is signed, opens the object for some minutes, and names it as asked', async () => {
  const { remote } = await openStores('links')
  await remote.write('exports/a.zip', 'zip')
  const headers = { mediaType: 'application/zip', disposition: 'attachment; filename="a.zip"' }
  const link = (await remote.link('exports/a.zip', headers)) as string
  const answer = await fetch(link)
  expect([await answer.text(), answer.headers.get('content-disposition')]).toEqual(['zip', headers.disposition])
  const { searchParams } = new URL(link)
  expect([searchParams.get('X-Amz-Expires'), searchParams.get('X-Amz-Signature')]).toEqual([
    '900',
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ])
})

it('the address of a bucket of OSS names its S3 endpoint, and encryption by a key of ours is asked for', () => {
  expect(readBucketAddress('oss://scans/a?region=cn-shanghai&kms=key-1', null)).toMatchObject({
    name: 'scans',
    prefix: 'a/',
    endpoint: 'https://s3.oss-cn-shanghai.aliyuncs.com',
    isPathStyle: false,
    encryption: { kind: 'aws:kms', keyId: 'key-1' },
  })
})

it('moving: what is in the folder is read, what is new goes to the bucket, and a move takes no newer label back', async () => {
  const { folder, remote, scratch } = await openStores('moving')
  const old = ['users/u/a.png', 'users/u/a.label', 'projects/p/models/m.onnx']
  for (const key of old) await folder.write(key, `old ${key}`)
  const moving = openMovingStore(remote, folder)
  expect((await moving.read('users/u/a.png')).toString()).toBe('old users/u/a.png')
  await moving.write('users/u/a.label', 'new')
  expect((await buffer(moving.stream('users/u/a.label'))).toString()).toBe('new')
  expect(await keysOf(moving, 'users/')).toHaveLength(2)
  const test = await openTestApp()
  const parts = { source: folder, target: remote, scratchDirectory: scratch }
  expect(await migrateStorage(test.context.db, parts)).toMatchObject({ objects: 2, skipped: 1 })
  expect(await migrateStorage(test.context.db, parts)).toMatchObject({ objects: 0, skipped: 3 })
  await test.close()
  expect((await remote.read('users/u/a.label')).toString()).toBe('new')
  await moving.remove('users/u/a.png')
  expect(await moving.size('users/u/a.png')).toBeNull()
})

describe('the program with its files in a bucket', () => {
  let test: TestApp
  let ann: { cookie: string }
  beforeAll(async () => {
    test = await openTestApp({ worker: true, environment: bucket.environment })
    ann = await signUp(test.app, 'ann')
  })
  afterAll(() => test.close())
  const ask = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object, headers = {}) =>
    test.app.inject({ method, url: `/api/v1${url}`, headers: { ...ann, ...headers }, ...(payload ? { payload } : {}) })

  it('takes, shows, labels, exports, imports and purges images, and leaves none of them on the disk', async () => {
    const { storage, db } = test.context
    const project = await projectOf(test.app, ann, 1001)
    const bytes = await phantomPng()
    const image = await uploadImage(test.app, ann, project, { bytes })
    expect((await storage.read(image.uri)).equals(bytes)).toBe(true)
    const whole = await ask('GET', `/images/${image.id}/file`)
    expect(whole.rawPayload.equals(bytes)).toBe(true)
    const range = await ask('GET', `/images/${image.id}/file`, undefined, { range: 'bytes=5-9' })
    expect([range.statusCode, range.rawPayload.equals(bytes.subarray(5, 10))]).toEqual([206, true])
    expect((await ask('GET', `/images/${image.id}/preview?width=64`)).statusCode).toBe(200)
    const data = { key: { '0': 'no', '1': 'yes' }, value: 1 }
    const label = (await ask('GET', `/images/${image.id}/label`)).json()
    const put = await ask('PUT', `/images/${image.id}/label`, {
      type: 1001,
      data: { ...label.data, ...data, key: label.data.key },
    })
    expect(put.statusCode).toBe(200)
    const stored = JSON.parse((await storage.read(image.uri.replace(/\.png$/, '.label'))).toString())
    expect(stored.meta.revision).toBe(put.json().meta.revision)

    const form = new FormData()
    const zip = zipOf([{ path: 'one.png', bytes: await phantomPng({ seed: 7 }) }])
    form.append('file', new Blob([new Uint8Array(await zip)]), 'many.zip')
    const encoded = new Response(form)
    const sent = await test.app.inject({
      method: 'POST',
      url: `/api/v1/projects/${project}/imports`,
      headers: { ...ann, 'content-type': encoded.headers.get('content-type') ?? '' },
      payload: Buffer.from(await encoded.arrayBuffer()),
    })
    expect(sent.statusCode).toBe(202)
    const listed = async () => (await ask('GET', `/projects/${project}/images`)).json().items as Image[]
    await expect.poll(async () => (await listed()).length).toBe(2)

    const made = (await ask('POST', `/projects/${project}/exports`, { format: 'csv', images: true })).json()
    await expect.poll(async () => (await ask('GET', `/exports/${made.id}`)).json().state).toBe('succeeded')
    const file = await ask('GET', `/exports/${made.id}/file`)
    expect(file.statusCode).toBe(307)
    expect((await fetch(String(file.headers.location))).status).toBe(200)

    const health = await examine(test.context, { hashes: true })
    expect([isHealthy(health), health.pictureFiles, health.labelFiles]).toEqual([true, 2, 2])
    await ask('DELETE', `/images/${image.id}`)
    await ask('DELETE', `/images/${image.id}?purge=true`)
    await db
      .updateTable('images')
      .set({ deleted_at: new Date(0) })
      .where('id', '=', image.id)
      .execute()
    const { emptyBin } = await import('../features/bin/empty-bin.ts')
    expect(await emptyBin(test.context, { days: 1 })).toBe(1)
    expect(await storage.size(image.uri)).toBeNull()
    expect(existsSync(join(test.dataDirectory, 'users'))).toBe(false)
  })
})
