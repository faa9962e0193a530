import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Image } from '@vesalius/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../../config.ts'
import { openContext } from '../../open-context.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { openTestDatabase } from '../../testing/test-database.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'
import { examine, isHealthy } from '../doctor/examine.ts'
import { blobPath, listBackups, makeBackup, pruneBackups, readBlobEntries, readManifest } from './backup.ts'
import { runBackupCommand, secretDigestOf } from './backup-command.ts'
import { BackupError } from './manifest.ts'
import { restoreBackup } from './restore.ts'

const SECRET = 'kept elsewhere, 0123456789 abcdefgh'
let test: TestApp
let directory: string
let ann: { cookie: string }
let project: string
const images: Image[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vesalius-backup-'))
  test = await openTestApp({ environment: { VESALIUS_SECRET: SECRET } })
  ann = await signUp(test.app, 'ann')
  project = await projectOf(test.app, ann, 1001)
  for (const seed of [1, 2, 3])
    images.push(await uploadImage(test.app, ann, project, { bytes: await phantomPng({ seed }) }))
})
afterAll(async () => {
  await test.close()
  await rm(directory, { recursive: true, force: true })
})

const parts = () => ({ ...test.context, secretDigest: secretDigestOf(SECRET) })
const label = async (image: Image | undefined, value: number) => {
  const url = `/api/v1/images/${image?.id}/label`
  const { data } = (await test.app.inject({ url, headers: ann })).json()
  const payload = { type: 1001, data: { ...data, value } }
  return test.app.inject({ method: 'PUT', url, headers: ann, payload })
}

/** An empty database and folder on which a backup is restored, then the program on them. */
async function restored(name: string): Promise<{ result: Awaited<ReturnType<typeof restoreBackup>>; app: TestApp }> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'vesalius-restored-'))
  const database = await openTestDatabase()
  const config = readConfig({ VESALIUS_DATA_DIR: dataDirectory, VESALIUS_LOG_LEVEL: 'silent', VESALIUS_SECRET: SECRET })
  const { openFolderStore } = await import('../../storage/folder.ts')
  const { mkdir } = await import('node:fs/promises')
  const scratchDirectory = join(dataDirectory, 'scratch')
  await mkdir(scratchDirectory, { recursive: true })
  const storage = {
    ...openFolderStore(dataDirectory, { scratchDirectory }),
    scratchDirectory,
    notes: test.context.storage.notes,
  }
  const result = await restoreBackup(
    { db: database.db, storage, secretDigest: secretDigestOf(SECRET) },
    directory,
    name,
  )
  const context = await openContext(config, { database, predictor: test.context.predictor })
  const { buildApp } = await import('../../app.ts')
  const app = await buildApp(context)
  const close = async () => {
    await app.close()
    await context.close()
    await rm(dataDirectory, { recursive: true, force: true })
  }
  return { result, app: { app, context, dataDirectory, close } }
}

it('a backup made while people save is of one moment; restored, all rows and files are equal and everything works', async () => {
  const saving = (async () => {
    for (let round = 0; round < 12; round += 1) await label(images[round % 3], round / 12)
  })()
  const made = await makeBackup(parts(), directory)
  await saving
  expect(made).toMatchObject({ blobs: 6, newBlobs: 6 })

  const { result, app } = await restored(made.name)
  // The rows were compared in the restore; with the labels of its moment the program is in order.
  expect(result).toMatchObject({ rows: made.rows, blobs: 6, imagesGone: 0, isSameSecret: true })
  const health = await examine(app.context, { hashes: true })
  expect([isHealthy(health), health.images, health.annotated]).toEqual([true, 3, expect.any(Number)])
  const answer = await app.app.inject({ url: `/api/v1/images/${images[0]?.id}/file`, headers: ann })
  expect(answer.rawPayload.equals(await test.context.storage.read(images[0]?.uri ?? ''))).toBe(true)
  const again = await app.app.inject({
    method: 'PUT',
    url: `/api/v1/images/${images[0]?.id}/label`,
    headers: ann,
    payload: {
      type: 1001,
      data: {
        ...(await app.app.inject({ url: `/api/v1/images/${images[0]?.id}/label`, headers: ann })).json().data,
        value: 1,
      },
    },
  })
  expect(again.statusCode).toBe(200)
  await app.close()
})

it('the next backup writes only what is new, and what only removed backups held goes with them', async () => {
  await label(images[0], 0.25)
  const image = await uploadImage(test.app, ann, project, { bytes: await phantomPng({ seed: 4 }) })
  const made = await makeBackup(parts(), directory, new Date(Date.now() + 1000))
  expect(made.blobs).toBe(8)
  expect(made.newBlobs).toBeLessThan(7)
  expect(made.newBlobs).toBeGreaterThanOrEqual(3)
  expect(await listBackups(directory)).toHaveLength(2)
  expect(await pruneBackups(directory, 1)).toBeGreaterThanOrEqual(1)
  const { result, app } = await restored(made.name)
  expect(result.blobs).toBe(8)
  const found = await app.app.inject({ url: `/api/v1/images/${image.id}`, headers: ann })
  expect(found.json()).toMatchObject({ id: image.id, name: image.name })
  await app.close()
})

it('refuses a damaged backup, one of a newer version, and a database that is in use', async () => {
  const [name = ''] = await listBackups(directory)
  const { db, storage } = test.context
  const into = { db, storage, secretDigest: '' }
  await expect(restoreBackup(into, directory, name)).rejects.toThrow(/in use/)
  const manifest = await readManifest(directory, name)
  expect(manifest.migrations.length).toBeGreaterThan(10)
  const [entry] = await readBlobEntries(directory, name)
  await appendFile(blobPath(directory, entry?.sha256 ?? ''), 'x')
  await expect(restored(name)).rejects.toThrow(BackupError)
})

it.skipIf(process.env.VESALIUS_TEST_DATABASE_URL)(
  'the command works on an embedded database at rest, by exit status and as JSON',
  async () => {
    const other = await openTestApp({ onDisk: true })
    const eve = await signUp(other.app, 'eve')
    await uploadImage(other.app, eve, await projectOf(other.app, eve, 1001))
    const to = await mkdtemp(join(tmpdir(), 'vesalius-backup-'))
    const environment = { VESALIUS_DATA_DIR: other.dataDirectory }
    expect(await runBackupCommand('backup', ['--to', to], environment)).toBe(2)
    await other.close({ keepsData: true })
    const said: string[] = []
    expect(await runBackupCommand('backup', ['--to', to, '--json'], environment, (text) => said.push(text))).toBe(0)
    expect(JSON.parse(said.join('')).made.newBlobs).toBe(2)
    const empty = await mkdtemp(join(tmpdir(), 'vesalius-restored-'))
    expect(
      await runBackupCommand('restore', ['--from', to], { VESALIUS_DATA_DIR: empty }, (text) => said.push(text)),
    ).toBe(0)
    expect(said.at(-1)).toMatch(/all equal to the backup/)
    expect(await readdir(join(empty, 'users'))).toEqual(await readdir(join(other.dataDirectory, 'users')))
    expect((await readFile(join(empty, 'secret'), 'utf8')).length).toBeGreaterThan(30)
    for (const folder of [to, empty, other.dataDirectory]) await rm(folder, { recursive: true, force: true })
  },
)
