import type { Image } from '@vesalius/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { leaveNote, openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'
import { sweepOrphans } from '../ingest/sweep-orphans.ts'
import { sweepExchange } from '../interchange/sweep-exchange.ts'
import { emptyBin } from './empty-bin.ts'

let test: TestApp
let ann: { cookie: string }
let project: string
beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  project = await projectOf(test.app, ann, 1001)
})
afterAll(() => test.close())

const send = (method: 'GET' | 'POST' | 'DELETE', url: string) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers: ann })
const isKept = async (key: string) => (await test.context.storage.size(key)) !== null
const areKept = (keys: readonly string[]) => Promise.all(keys.map(isKept))
const areThere = (...images: Image[]) => areKept(images.map(({ uri }) => uri))
let seed = 0
const fresh = async () => {
  seed += 1
  return uploadImage(test.app, ann, project, { bytes: await phantomPng({ seed }) })
}

it('removes what has been in the bin for longer than its days, and nothing else', async () => {
  const [old, young, kept] = [await fresh(), await fresh(), await fresh()]
  for (const { id } of [old, young]) await send('DELETE', `/images/${id}`)
  await test.context.db
    .updateTable('images')
    .set({ deleted_at: sql`now() - interval '31 days'` })
    .where('id', '=', old.id)
    .execute()
  expect(await emptyBin(test.context, { days: 0 })).toBe(0)
  expect(await emptyBin(test.context, { days: 30 })).toBe(1)
  expect(await areThere(old, young, kept)).toEqual([false, true, true])
  expect((await send('POST', `/images/${young.id}/restore`)).statusCode).toBe(200)
})

it('a purge that a kill cut off is finished at the next start, and leaves files that a copy uses', async () => {
  const [image, source] = [await fresh(), await fresh()]
  const { storage, db } = test.context
  const labelOf = (each: Image) => each.uri.replace('.png', '.label')
  await leaveNote(test.context, 'files', { imageId: image.id, keys: [labelOf(image), image.uri] })
  await leaveNote(test.context, 'files', { imageId: source.id, keys: [labelOf(source), source.uri] })
  await db.deleteFrom('images').where('id', '=', image.id).execute()
  await sweepOrphans(test.context, Date.now() + 1)
  expect(await areThere(image, source)).toEqual([false, true])
  expect(await storage.notes.count()).toBe(0)
})

/** An export and an import of annotations of the project, with their files. */
async function exchangeFiles(): Promise<string[]> {
  const { db, storage } = test.context
  const { id: user } = await db.selectFrom('users').select('id').executeTakeFirstOrThrow()
  const keys = ['exports/e.zip', 'annotation-imports/i/0', 'annotation-imports/i/summary.json']
  for (const key of keys) await storage.write(key, 'x')
  const [none, choices] = ['{"done":0,"total":0}', '{}']
  await sql`INSERT INTO exports (id, project_id, user_id, request, state, progress, uri)
    VALUES ('e', ${project}, ${user}, '{}', 'succeeded', ${none}, 'exports/e.zip')`.execute(db)
  await sql`INSERT INTO annotation_imports (id, project_id, user_id, format, files, choices, state, progress)
    VALUES ('i', ${project}, ${user}, 'coco', '["a.json"]', ${choices}, 'ready', ${none})`.execute(db)
  return keys
}

it('files of exports and imports without a row go, and exports without a file are forgotten', async () => {
  const { db, storage } = test.context
  const keys = await exchangeFiles()
  await storage.write('exports/lost.zip', 'x')
  await storage.write('annotation-imports/lost/0', 'x')
  await storage.remove('exports/e.zip')
  expect(await sweepExchange(test.context)).toBe(1)
  expect(await isKept('exports/lost.zip')).toBe(true)
  expect(await sweepExchange(test.context, Date.now() + 1000)).toBe(2)
  const left = await areKept(['exports/lost.zip', 'annotation-imports/lost/0', ...keys.slice(1)])
  expect(left).toEqual([false, false, true, true])
  expect(await db.selectFrom('exports').select('id').execute()).toEqual([])
  expect(await sweepExchange(test.context, Date.now() + 1000)).toBe(0)
  await db.deleteFrom('annotation_imports').execute()
})

it('a project comes back from the bin with all it holds; after its days it goes with all of it', async () => {
  const image = await fresh()
  const model = `projects/${project}/models/x.onnx`
  await test.context.storage.write(model, 'x')
  await sql`INSERT INTO model_versions (id, project_id, number, state, classes, uri, byte_size, sha256)
    VALUES ('m', ${project}, 1, 'candidate', '[]', ${model}, 1, '')`.execute(test.context.db)
  await send('DELETE', `/projects/${project}`)
  expect((await send('GET', '/bin/projects')).json().items.map((each: { id: string }) => each.id)).toEqual([project])
  expect((await send('GET', `/images/${image.id}`)).statusCode).toBe(404)
  expect((await send('POST', `/projects/${project}/restore`)).json().counts.images).toBeGreaterThan(0)
  expect((await send('GET', `/images/${image.id}`)).statusCode).toBe(200)
  expect((await send('POST', `/projects/${project}/restore`)).statusCode).toBe(404)

  const exchange = await exchangeFiles()
  expect(await areKept(exchange)).toEqual([true, true, true])

  await send('DELETE', `/projects/${project}`)
  await test.context.db
    .updateTable('projects')
    .set({ deleted_at: sql`now() - interval '31 days'` })
    .where('id', '=', project as never)
    .execute()
  await emptyBin(test.context, { days: 30 })
  expect((await send('GET', '/bin/projects')).json().items).toEqual([])
  expect(await areKept([image.uri, model])).toEqual([false, false])
  expect(await areKept(exchange)).toEqual([false, false, false])
  const left = await test.context.db
    .selectFrom('images')
    .select('id')
    .where('project_id', '=', project as never)
    .execute()
  expect(left).toEqual([])
})
