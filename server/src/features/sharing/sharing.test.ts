import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Image, UserId } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, upload, uploadImage } from '../../testing/uploads.ts'

type Headers = { cookie: string }
let test: TestApp
let ann: Headers
let ben: Headers
let eve: Headers
let benId: UserId
let annId: UserId
let project: string

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  eve = await signUp(test.app, 'eve')
  benId = (await get('/me', ben)).json().id
  annId = (await get('/me', ann)).json().id
  project = await projectOf(test.app, ann, 1001)
})
afterAll(() => test.close())

const get = (url: string, headers: Headers = ann) => test.app.inject({ url: `/api/v1${url}`, headers })
const send = (method: 'POST' | 'PATCH' | 'DELETE' | 'PUT', url: string, payload?: object, headers: Headers = ann) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const answer = (value: number) => ({ type: 1001, data: { key: { '0': 'negative', '1': 'positive' }, value } })
const label = (id: string, value: number, headers: Headers = ann) =>
  send('PUT', `/images/${id}/label`, answer(value), headers)
let seed = 100
const fresh = async (name = 'slide.png'): Promise<Image> => {
  seed += 1
  return uploadImage(test.app, ann, project, { name, bytes: await phantomPng({ seed }) })
}

describe('a shared image', () => {
  it('can be seen and labelled by its editors, and by nobody else', async () => {
    const [image, other] = [await fresh('shared.png'), await fresh('other.png')]
    expect((await get(`/images/${image.id}`, ben)).statusCode).toBe(404)
    const shared = await send('POST', `/images/${image.id}/editors`, { userId: benId })
    expect(shared.statusCode).toBe(201)
    expect(shared.json().items).toMatchObject([{ id: benId, username: 'ben' }])
    await send('POST', `/images/${image.id}/editors`, { userId: benId })
    expect((await get(`/images/${image.id}`)).json().editorCount).toBe(1)

    for (const path of ['', '/file', '/preview', '/label', '/label/revisions', '/predictions', '/editors']) {
      expect((await get(`/images/${image.id}${path}`, ben)).statusCode, path).toBe(200)
      expect((await get(`/images/${image.id}${path}`, eve)).statusCode, path).toBe(404)
      expect((await get(`/images/${other.id}${path}`, ben)).statusCode, path).toBe(404)
    }
    expect((await label(image.id, 1, ben)).statusCode).toBe(200)
    expect((await label(image.id, 1, eve)).statusCode).toBe(404)
    const history = (await get(`/images/${image.id}/label/revisions`)).json().items
    expect(history[0]).toMatchObject({ revision: 1, authorName: 'ben' })
  })

  it('shows its project to editors with the shared images alone, and nothing they could change in it', async () => {
    const shown = (await get(`/projects/${project}`, ben)).json()
    expect(shown).toMatchObject({ access: 'editor', counts: { images: 1, annotated: 1 } })
    const listed = (await get('/projects', ben)).json().items.filter((each: { id: string }) => each.id === project)
    expect(listed).toMatchObject([{ access: 'editor', counts: { images: 1 } }])
    const images = (await get(`/projects/${project}/images`, ben)).json().items
    expect(images.map((image: Image) => image.name)).toEqual(['shared.png'])
    expect((await get(`/projects/${project}`)).json()).toMatchObject({ access: 'owner', counts: { images: 2 } })
    expect((await get(`/projects/${project}`, eve)).statusCode).toBe(404)
    for (const path of ['/algorithm', '/runs', '/models']) {
      expect((await get(`/projects/${project}${path}`, ben)).statusCode, path).toBe(404)
    }
    const { status } = await uploadStatus(ben)
    expect(status).toBe(404)
  })

  it('can be renamed, frozen, deleted, shared on and copied by its owner alone', async () => {
    const [image] = (await get(`/projects/${project}/images`, ben)).json().items
    const attempts = [
      send('PATCH', `/images/${image.id}`, { name: 'mine' }, ben),
      send('DELETE', `/images/${image.id}`, undefined, ben),
      send('POST', `/images/${image.id}/freeze`, undefined, ben),
      send('POST', `/images/${image.id}/purge`, undefined, ben),
      send('POST', `/images/${image.id}/editors`, { userId: annId }, ben),
      send('POST', `/images/${image.id}/copies`, { userId: benId }, ben),
    ]
    for (const attempt of attempts) expect((await attempt).statusCode).toBe(403)
  })

  it('is not seen in the bin by its editors', async () => {
    const image = await fresh()
    await send('POST', `/images/${image.id}/editors`, { userId: benId })
    await send('DELETE', `/images/${image.id}`)
    expect((await get(`/images/${image.id}`, ben)).statusCode).toBe(404)
    await send('POST', `/images/${image.id}/restore`)
    expect((await get(`/images/${image.id}`, ben)).statusCode).toBe(200)
    await send('DELETE', `/images/${image.id}/editors`, { userId: benId })
  })

  it('is left by an editor, or taken back by its owner', async () => {
    const image = await fresh()
    await send('POST', `/images/${image.id}/editors`, { userId: benId })
    expect((await send('DELETE', `/images/${image.id}/editors`, { userId: annId }, ben)).statusCode).toBe(403)
    expect((await send('DELETE', `/images/${image.id}/editors`, { userId: benId }, ben)).json().items).toEqual([])
    expect((await get(`/images/${image.id}`, ben)).statusCode).toBe(404)
    await send('POST', `/images/${image.id}/editors`, { userId: benId })
    await send('DELETE', `/images/${image.id}/editors`, { userId: benId })
    expect((await get(`/images/${image.id}`)).json().editorCount).toBe(0)
  })

  it('is shared with people who exist, not with its owner, not from the bin', async () => {
    const image = await fresh()
    const nobody = '0190a000-0000-7000-8000-00000000dead'
    expect((await send('POST', `/images/${image.id}/editors`, { userId: nobody })).statusCode).toBe(404)
    expect((await send('POST', `/images/${image.id}/editors`, { userId: annId })).statusCode).toBe(422)
    await send('DELETE', `/images/${image.id}`)
    expect((await send('POST', `/images/${image.id}/editors`, { userId: benId })).statusCode).toBe(409)
  })
})

async function uploadStatus(headers: Headers) {
  return upload(test.app, headers, project, [{ name: 'a.png', bytes: await phantomPng() }])
}

describe('a copy', () => {
  it('is a new image of the same file with its own label, in a project of the receiver', async () => {
    const image = await fresh('given.png')
    await label(image.id, 1)
    const given = await send('POST', `/images/${image.id}/copies`, { userId: benId })
    expect(given.statusCode).toBe(201)
    const copy: Image = (await get(`/images/${given.json().id}`, ben)).json()
    expect(copy).toMatchObject({ name: 'given.png', uri: image.uri, ownerId: benId, taskType: 1001, labelValue: 1 })
    expect(copy.id).not.toBe(image.id)
    expect((await get(`/images/${copy.id}/file`, ben)).rawPayload).toEqual(
      (await get(`/images/${image.id}/file`)).rawPayload,
    )
    expect((await get(`/images/${copy.id}`, eve)).statusCode).toBe(404)

    await label(copy.id, 0, ben)
    expect((await get(`/images/${image.id}`)).json().labelValue).toBe(1)
    const file = await test.context.storage.read(`users/${benId}/${copy.id}.label`)
    expect(JSON.parse(String(file))).toMatchObject({ data: { value: 0 }, meta: { uri: image.uri } })
    const { counts } = (await get(`/projects/${copy.projectId}`, ben)).json()
    expect(counts).toMatchObject({ images: 1, annotated: 1 })
  })

  it('waits for a first guess of its own where nobody had answered', async () => {
    const image = await fresh()
    const { id } = (await send('POST', `/images/${image.id}/copies`, { userId: annId })).json()
    expect((await get(`/images/${id}`)).json()).toMatchObject({
      state: 'TO_LABEL',
      projectId: project,
      labelRevision: 0,
    })
  })

  it('comes in a new project when the receiver has none of these classes', async () => {
    const made = await send('POST', '/projects', {
      name: 'Polyps',
      taskType: 1003,
      classes: ['flat', 'sessile', 'stalked'],
    })
    const image = await uploadImage(test.app, ann, made.json().id)
    const give = async () => (await send('POST', `/images/${image.id}/copies`, { userId: benId })).json().id
    const copies = [await give(), await give()]
    const [first, second] = await Promise.all(
      copies.map(async (id) => (await get(`/images/${id}`, ben)).json().projectId),
    )
    expect(second).toBe(first)
    expect((await get(`/projects/${first}`, ben)).json()).toMatchObject({
      name: 'Polyps',
      classes: ['flat', 'sessile', 'stalked'],
    })
  })

  it('goes to a project of another task type without a label', async () => {
    const image = await fresh()
    await label(image.id, 1)
    const tags = await projectOf(test.app, ann, 1000)
    const { id } = (await send('POST', `/images/${image.id}/copies`, { userId: annId, projectId: tags })).json()
    expect((await get(`/images/${id}`)).json()).toMatchObject({ taskType: 1000, annotatedAt: null })
    const own = await uploadImage(test.app, ben, await projectOf(test.app, ben, 1000))
    const projectId = await projectOf(test.app, eve, 1000)
    const refused = await send('POST', `/images/${own.id}/copies`, { userId: benId, projectId }, ben)
    expect(refused.statusCode).toBe(404)
  })
})

describe('removal for good', () => {
  const isKept = async (key: string) => (await test.context.storage.size(key)) !== null
  const purge = async (id: string) => {
    await send('DELETE', `/images/${id}`)
    return send('POST', `/images/${id}/purge`)
  }

  it('takes only what is in the bin, with its label and its previews', async () => {
    const image = await fresh()
    await get(`/images/${image.id}/preview?width=32`)
    expect((await send('POST', `/images/${image.id}/purge`)).statusCode).toBe(409)
    expect((await purge(image.id)).statusCode).toBe(204)
    expect((await get(`/images/${image.id}`)).statusCode).toBe(404)
    expect(await Promise.all([image.uri, image.uri.replace('.png', '.label')].map(isKept))).toEqual([false, false])
    expect(existsSync(join(test.dataDirectory, `cache/previews/${image.contentHash}-32.webp`))).toBe(false)
    expect(
      await test.context.db.selectFrom('label_revisions').selectAll().where('image_id', '=', image.id).execute(),
    ).toEqual([])
  })

  it('leaves the file while a copy uses it, whichever goes first', async () => {
    for (const order of ['source first', 'copy first']) {
      const image = await fresh()
      const { id } = (await send('POST', `/images/${image.id}/copies`, { userId: annId })).json()
      const [first, last] = order === 'source first' ? [image.id, id] : [id, image.id]
      await purge(first)
      expect(await isKept(image.uri), order).toBe(true)
      expect((await get(`/images/${last}/file`)).statusCode, order).toBe(200)
      await purge(last)
      expect(await isKept(image.uri), order).toBe(false)
    }
  })

  it('leaves no file behind when all copies go at once', async () => {
    const image = await fresh()
    const ids = [image.id]
    for (let count = 0; count < 3; count += 1) {
      ids.push((await send('POST', `/images/${image.id}/copies`, { userId: annId })).json().id)
    }
    const answers = await Promise.all(ids.map(purge))
    expect(answers.map((each) => each.statusCode)).toEqual([204, 204, 204, 204])
    expect(await isKept(image.uri)).toBe(false)
  })
})

describe('an action on many images', () => {
  const act = (action: object, headers = ann) => send('POST', `/projects/${project}/images/actions`, action, headers)

  it('is done where it can be, and says why not elsewhere', async () => {
    const [open, frozen] = [await fresh(), await fresh()]
    await send('POST', `/images/${frozen.id}/freeze`)
    const foreign = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1000))
    const report = (await act({ action: 'delete', imageIds: [open.id, frozen.id, foreign.id] })).json()
    expect(report.done).toEqual([open.id])
    expect(report.refused.map((each: { error: { code: string } }) => each.error.code)).toEqual([
      'IMAGE_FROZEN',
      'NOT_FOUND',
    ])
    expect((await act({ action: 'restore', imageIds: [open.id] })).json().done).toEqual([open.id])
    expect((await get(`/images/${open.id}`)).json().state).not.toBe('DELETED')
  })

  it.each(['freeze', 'share', 'copy'])('can %s', async (action) => {
    const images = [await fresh(), await fresh()]
    const imageIds = images.map((image) => image.id)
    const body = action === 'freeze' ? { action, imageIds } : { action, imageIds, userId: benId }
    expect((await act(body)).json()).toEqual({ done: imageIds, refused: [] })
  })

  it('is for the owner of the project', async () => {
    const image = await fresh()
    await send('POST', `/images/${image.id}/editors`, { userId: benId })
    expect((await act({ action: 'delete', imageIds: [image.id] }, ben)).statusCode).toBe(404)
    expect((await act({ action: 'delete', imageIds: [] })).statusCode).toBe(422)
  })
})

describe('people', () => {
  it('are found by the beginning of their name, without oneself and without patterns', async () => {
    const find = async (name: string) =>
      (await get(`/users?name=${encodeURIComponent(name)}`))
        .json()
        .items.map((each: { username: string }) => each.username)
    expect(await find('B')).toEqual(['ben'])
    expect(await find('a')).toEqual([])
    expect(await find('%')).toEqual([])
    expect((await test.app.inject({ url: '/api/v1/users?name=a' })).statusCode).toBe(401)
  })
})
