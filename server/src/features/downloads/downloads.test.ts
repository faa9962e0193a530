import type { Image, LabelFile } from '@vesalius/contracts'
import { FileBudget, readZip } from '@vesalius/formats'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }
let project: string
const images: Image[] = []
beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  project = await projectOf(test.app, ann, 1001)
  for (const [seed, name] of ['a.png', 'a.png', '../b', 'gone.png'].entries()) {
    images.push(await uploadImage(test.app, ann, project, { name, bytes: await phantomPng({ seed }) }))
  }
})
afterAll(() => test.close())

const call = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, headers = ann) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })

async function download(imageIds: string[], headers = ann) {
  const { id } = (await call('POST', `/projects/${project}/downloads`, { imageIds }, headers)).json()
  const answer = await call('GET', `/downloads/${id}/file`, undefined, headers)
  return new Map(readZip(answer.rawPayload, new FileBudget(1e8), () => true).map(({ path, bytes }) => [path, bytes]))
}

it('is a zip of the images under their names, each with its label file beside it', async () => {
  await call('DELETE', `/images/${images[3]?.id}`)
  const files = await download(images.map((image) => image.id))
  const names = [`a-${images[0]?.id}`, `a-${images[1]?.id}`, 'b']
  expect([...files.keys()].sort()).toEqual(names.flatMap((name) => [`${name}.label`, `${name}.png`]).sort())
  const label: LabelFile = JSON.parse(Buffer.from(files.get('b.label') ?? []).toString())
  expect(label.meta?.imageId).toBe(images[2]?.id)
  expect(Buffer.from(files.get('b.png') ?? [])).toEqual((await call('GET', `/images/${images[2]?.id}/file`)).rawPayload)
})

it('says which files are gone from the storage', async () => {
  await test.context.storage.remove(images[2]?.uri ?? '')
  const files = await download([images[2]?.id ?? ''])
  expect(Buffer.from(files.get('missing.txt') ?? []).toString()).toContain('b.png')
})

it('is fetched by whoever asked for it, within an hour, and holds what they may still see', async () => {
  const benId = (await call('GET', '/me', undefined, ben)).json().id
  const share = { userId: benId }
  await call('POST', `/images/${images[0]?.id}/editors`, share)
  const ids = images.slice(0, 2).map((image) => image.id)
  expect([...(await download(ids, ben)).keys()]).toEqual(['a.png', 'a.label'])

  const { id } = (await call('POST', `/projects/${project}/downloads`, { imageIds: ids }, ben)).json()
  expect((await call('GET', `/downloads/${id}/file`)).statusCode).toBe(404)
  await call('DELETE', `/images/${images[0]?.id}/editors`, share)
  expect((await call('GET', `/downloads/${id}/file`, undefined, ben)).statusCode).toBe(404)
  expect((await call('POST', `/projects/${project}/downloads`, { imageIds: ids }, ben)).statusCode).toBe(404)

  const own = (await call('POST', `/projects/${project}/downloads`, { imageIds: ids })).json().id
  await test.context.db
    .updateTable('downloads')
    .set({ created_at: new Date(Date.now() - 3_700_000) })
    .execute()
  expect((await call('GET', `/downloads/${own}/file`)).statusCode).toBe(404)
})
