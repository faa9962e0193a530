import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Image } from '@vesalius/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'
import { noteChange } from '../images/change-notes.ts'
import { sweepOrphans } from '../ingest/sweep-orphans.ts'
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
const isThere = (image: Image) => existsSync(join(test.dataDirectory, image.uri))
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
  expect([old, young, kept].map(isThere)).toEqual([false, true, true])
  expect((await send('POST', `/images/${young.id}/restore`)).statusCode).toBe(200)
})

it('a purge that a kill cut off is finished at the next start, and leaves files that a copy uses', async () => {
  const [image, source] = [await fresh(), await fresh()]
  const { storage, db } = test.context
  const labelOf = (each: Image) => each.uri.replace('.png', '.label')
  await noteChange(storage, 'files', { imageId: image.id, keys: [labelOf(image), image.uri] })
  await noteChange(storage, 'files', { imageId: source.id, keys: [labelOf(source), source.uri] })
  await db.deleteFrom('images').where('id', '=', image.id).execute()
  await sweepOrphans(test.context, Date.now() + 1)
  expect([isThere(image), isThere(source)]).toEqual([false, true])
  expect(await readdir(storage.notesDirectory)).toEqual([])
})

it('a project comes back from the bin with all it holds; after its days it goes with all of it', async () => {
  const image = await fresh()
  const model = `projects/${project}/models/x.onnx`
  await test.context.storage.ensureFolder(`projects/${project}/models`)
  await writeFile(join(test.dataDirectory, model), 'x')
  await sql`INSERT INTO model_versions (id, project_id, number, state, classes, uri, byte_size, sha256)
    VALUES ('m', ${project}, 1, 'candidate', '[]', ${model}, 1, '')`.execute(test.context.db)
  await send('DELETE', `/projects/${project}`)
  expect((await send('GET', '/bin/projects')).json().items.map((each: { id: string }) => each.id)).toEqual([project])
  expect((await send('GET', `/images/${image.id}`)).statusCode).toBe(404)
  expect((await send('POST', `/projects/${project}/restore`)).json().counts.images).toBeGreaterThan(0)
  expect((await send('GET', `/images/${image.id}`)).statusCode).toBe(200)
  expect((await send('POST', `/projects/${project}/restore`)).statusCode).toBe(404)

  await send('DELETE', `/projects/${project}`)
  await test.context.db
    .updateTable('projects')
    .set({ deleted_at: sql`now() - interval '31 days'` })
    .where('id', '=', project as never)
    .execute()
  await emptyBin(test.context, { days: 30 })
  expect((await send('GET', '/bin/projects')).json().items).toEqual([])
  expect([isThere(image), existsSync(join(test.dataDirectory, model))]).toEqual([false, false])
  const left = await test.context.db
    .selectFrom('images')
    .select('id')
    .where('project_id', '=', project as never)
    .execute()
  expect(left).toEqual([])
})
