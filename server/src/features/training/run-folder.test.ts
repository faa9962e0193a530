import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Image, LabelData, ProjectId } from '@vesalius/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunRow } from '../../db/tables.ts'
import { greyDicom } from '../../testing/dicom.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'
import { freezeRun, removeRunFolder } from './run-folder.ts'

let test: TestApp
let ann: { cookie: string }
let project: string
let images: Image[]
beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  project = await projectOf(test.app, ann, 2001)
  images = []
  for (let seed = 1; seed <= 5; seed += 1) {
    images.push(await uploadImage(test.app, ann, project, { bytes: await phantomPng({ seed }) }))
  }
  for (const image of images.slice(0, 4)) expect((await draw(image, [1, 2, 10, 10])).statusCode).toBe(200)
})
afterAll(() => test.close())

const draw = (image: Image, box: [number, number, number, number]) => {
  const data: LabelData = { key: ['lesion'], boxes: [{ id: 'a', box, class: 0 }] }
  const url = `/api/v1/images/${image.id}/label`
  return test.app.inject({ method: 'PUT', url, headers: ann, payload: { type: 2001, data } })
}

async function freeze(): Promise<{ run: RunRow; frozen: Awaited<ReturnType<typeof freezeRun>> }> {
  const { db } = test.context
  const answer = await test.app.inject({ method: 'POST', url: `/api/v1/projects/${project}/runs`, headers: ann })
  expect(answer.statusCode, answer.body).toBe(201)
  const run = await db.selectFrom('runs').selectAll().where('id', '=', answer.json().id).executeTakeFirstOrThrow()
  const row = await db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', project as ProjectId)
    .executeTakeFirstOrThrow()
  return { run, frozen: await freezeRun(test.context, row, run, null) }
}

it('copies what people drew, so that a correction changes the next run and not this one', async () => {
  const { run, frozen } = await freeze()
  const items = frozen.request.items
  expect(items.map((item) => item.imageId)).toEqual(images.slice(0, 4).map((image) => image.id))
  const [item] = items
  if (!item || !('labelFile' in item) || !images[0]) throw new Error('the run takes no marks')
  const copied = JSON.parse(await readFile(item.labelFile, 'utf8'))
  expect(copied).toEqual({ key: ['lesion'], boxes: [{ id: 'a', box: [1, 2, 10, 10], class: 0 }] })

  await draw(images[0], [5, 5, 6, 6])
  expect(JSON.parse(await readFile(item.labelFile, 'utf8'))).toEqual(copied)
  await test.app.inject({ method: 'DELETE', url: `/api/v1/runs/${run.id}`, headers: ann })
  expect(existsSync(item.labelFile)).toBe(false)
  const next = await freeze()
  expect(next.frozen.dataSetHash).not.toBe(frozen.dataSetHash)
  await removeRunFolder(test.context, next.run)
  await test.app.inject({ method: 'DELETE', url: `/api/v1/runs/${next.run.id}`, headers: ann })
})

it('takes each marked frame of a file as an item of its own, and the stored file as it is', async () => {
  const more: Record<number, [string, string | number[]]> = {
    2621448: ['IS', '3'],
    2145386512: ['OW', Array.from({ length: 36 }, (_, at) => at)],
  }
  const bytes = greyDicom({ more })
  const image = await uploadImage(test.app, ann, project, { name: 'ct.dcm', bytes })
  const boxes = [
    { id: 'a', box: [0, 0, 2, 2], class: 0 },
    { id: 'b', box: [1, 1, 2, 2], class: 0, frame: 2 },
  ]
  const payload = { type: 2001, data: { key: ['lesion'], boxes } }
  await test.app.inject({ method: 'PUT', url: `/api/v1/images/${image.id}/label`, headers: ann, payload })
  const { run, frozen } = await freeze()
  const items = frozen.request.items.filter((item) => item.imageId === image.id)
  const stored = items[0]?.file ?? ''
  expect(readFileSync(stored).equals(await test.context.storage.read(image.uri))).toBe(true)
  expect(items.map(({ file }) => file)).toEqual([stored, `${stored}#frame=2`])
  expect(new Set(items.map(({ group }) => group)).size).toBe(1)
  const labels = items.map((item) => ('labelFile' in item ? readFileSync(item.labelFile, 'utf8') : ''))
  expect(labels.map((label) => JSON.parse(label).boxes)).toEqual([
    [{ id: 'a', box: [0, 0, 2, 2], class: 0 }],
    [{ id: 'b', box: [1, 1, 2, 2], class: 0 }],
  ])
  await removeRunFolder(test.context, run)
})
