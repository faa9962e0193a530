import { randomUUID } from 'node:crypto'
import type { Agreement, GoldScore, Image, LabelFile, Study } from '@vesalius/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { uploadImage } from '../../testing/uploads.ts'

type Person = { cookie: string; id: string }
const CLASSES = ['benign', 'malignant']

describe('several readers', () => {
  let test: TestApp
  let owner: Person
  let ada: Person
  let bob: Person
  let projectId: string
  let images: Image[]

  const send = (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    person: Person,
    path: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) =>
    test.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { cookie: person.cookie, ...headers },
      ...(payload ? { payload } : {}),
    })
  const label = (value: number | null) => ({
    type: 1003,
    data: { key: CLASSES, weight: CLASSES.map((_, at) => Number(at === value)), value },
  })
  const answer = (person: Person, index: number, value: number, headers = {}) =>
    send('PUT', person, `/images/${images[index]!.id}/label`, label(value), headers)
  const labelOf = async (person: Person, index: number): Promise<LabelFile> =>
    (await send('GET', person, `/images/${images[index]!.id}/label`)).json()
  const chosen = async (person: Person, index: number) =>
    ((await labelOf(person, index)).data as { value: number }).value
  const seen = async (person: Person, index: number): Promise<Image> =>
    (await send('GET', person, `/images/${images[index]!.id}`)).json()
  const study = async (more: object = {}): Promise<Study> =>
    (
      await send('POST', owner, `/projects/${projectId}/studies`, {
        name: 'Second look',
        readers: [ada.id, bob.id],
        images: { kind: 'all' },
        ...more,
      })
    ).json()

  beforeAll(async () => {
    test = await openTestApp()
    const join = async (name: string): Promise<Person> => {
      const { cookie } = await signUp(test.app, name)
      const { id } = (await test.app.inject({ url: '/api/v1/me', headers: { cookie } })).json()
      return { cookie, id }
    }
    await join('administrator')
    ;[owner, ada, bob] = [await join('owner'), await join('ada'), await join('bob')]
  })
  afterAll(() => test?.close())
  beforeEach(async () => {
    const project = { name: randomUUID(), taskType: 1003, classes: CLASSES }
    projectId = (await send('POST', owner, '/projects', project)).json().id
    images = []
    for (let index = 0; index < 4; index += 1) {
      images.push(await uploadImage(test.app, { cookie: owner.cookie }, projectId, { name: `${index}.png` }))
      await answer(owner, index, index % 2)
    }
  })

  it('blind, each keeps a label of their own, and sees nothing of the others until they finish', async () => {
    await send('PUT', owner, `/projects/${projectId}/review-settings`, { mode: 'optional', showsGoldScore: false })
    await send('POST', owner, `/images/${images[1]!.id}/comments`, { text: 'Clearly malignant' })
    const { id, readers } = await study()
    expect(readers).toMatchObject([
      { username: 'ada', assigned: 4, submitted: 0 },
      { username: 'bob', assigned: 4, submitted: 0 },
    ])
    expect(await chosen(ada, 1)).toBeNull()
    expect(await seen(ada, 1)).toMatchObject({ annotatedAt: null, labelValue: null, guess: null, openComments: 0 })
    for (const path of ['label/revisions', 'predictions', 'comments', 'reviews']) {
      expect((await send('GET', ada, `/images/${images[1]!.id}/${path}`)).statusCode).toBe(404)
    }
    for (const filter of ['class=1', 'annotated=true', 'order=uncertain']) {
      expect((await send('GET', ada, `/projects/${projectId}/images?${filter}`)).json().items).toEqual([])
    }
    const { id: downloadId } = (
      await send('POST', ada, `/projects/${projectId}/downloads`, { imageIds: [images[1]!.id] })
    ).json()
    expect((await send('GET', ada, `/downloads/${downloadId}/file`)).body).not.toContain('.label')

    expect((await answer(ada, 1, 0)).headers.etag).toBe('"1"')
    expect((await answer(bob, 1, 1)).headers.etag).toBe('"1"')
    expect([await chosen(ada, 1), await chosen(bob, 1), await chosen(owner, 1)]).toEqual([0, 1, 1])
    expect(await seen(ada, 1)).toMatchObject({ labelValue: 0, annotatedBy: ada.id, labelRevision: 1 })
    expect((await seen(owner, 1)).annotatedBy).toBe(owner.id)
    expect((await answer(ada, 1, 1, { 'if-match': '"0"' })).statusCode).toBe(412)

    const left = (await send('GET', ada, `/projects/${projectId}/images?study=${id}&read=false`)).json().items
    expect(left).toHaveLength(3)
    expect((await send('POST', ada, `/studies/${id}/finish`)).statusCode).toBe(409)
    for (const index of [0, 2, 3]) await answer(ada, index, 0)
    expect((await send('POST', ada, `/studies/${id}/finish`)).json().readers).toHaveLength(1)
    expect(await chosen(ada, 1)).toBe(1)
    expect((await send('GET', ada, `/images/${images[1]!.id}/comments`)).json().items).toHaveLength(1)
    expect(await chosen(bob, 1)).toBe(1)
    expect((await labelOf(bob, 0)).meta?.revision).toBe(0)
  })

  it('take a reading back, and start from the current label when they are not blind', async () => {
    await study({ isBlind: false, readers: [ada.id] })
    expect(await chosen(ada, 1)).toBe(1)
    expect(await seen(ada, 1)).toMatchObject({ annotatedAt: null })
    await answer(ada, 1, 0)
    await send('DELETE', ada, `/images/${images[1]!.id}/label`)
    expect(await seen(ada, 1)).toMatchObject({ annotatedAt: null, labelRevision: 2 })
  })

  it('agree so far, disagree somewhere, and a reviewer makes the label of it', async () => {
    const { id } = await study()
    expect((await send('GET', owner, `/studies/${id}/agreement`)).json()).toMatchObject({ images: 0, pairs: [] })
    const given = [
      [0, 0],
      [1, 1],
      [0, 1],
      [1, 1],
    ]
    for (const [index, [one, other]] of given.entries()) {
      await answer(ada, index, one!)
      await answer(bob, index, other!)
    }
    const agreement: Agreement = (await send('GET', owner, `/studies/${id}/agreement`)).json()
    // Observed 3/4, by chance 1/2 · 1/4 + 1/2 · 3/4 = 1/2.
    expect(agreement.pairs[0]).toMatchObject({ images: 4, value: 0.5, beside: 0.75 })
    expect(agreement.fleiss?.value).toBeCloseTo(1 - 0.25 / (2 * (3 / 8) * (5 / 8)))
    expect(agreement.worst[0]).toMatchObject({ imageId: images[2]!.id, score: 0, readers: 2, isAdjudicated: false })

    const path = `/studies/${id}/images/${images[2]!.id}`
    const readings = (await send('GET', owner, `${path}/readings`)).json()
    expect(new Set(readings.items.map((item: { reader: { username: string } }) => item.reader.username))).toEqual(
      new Set(['ada', 'bob']),
    )
    const stale = await send('PUT', owner, `${path}/adjudication`, { label: label(1) }, { 'if-match': '"0"' })
    expect(stale.statusCode).toBe(412)
    const made = await send('PUT', owner, `${path}/adjudication`, { label: label(1), note: 'The rim decides' })
    expect(made.json()).toMatchObject({
      label: { data: { value: 1 }, meta: { author: { kind: 'person', userId: owner.id } } },
      adjudication: { note: 'The rim decides', author: { username: 'owner' } },
    })
    expect(await chosen(owner, 2)).toBe(1)
    expect(await chosen(ada, 2)).toBe(0)
    const after: Agreement = (await send('GET', owner, `/studies/${id}/agreement`)).json()
    expect(after.worst[0]?.isAdjudicated).toBe(true)
  })

  it('see the project only as long as they read in it, and nothing of the others', async () => {
    const { id } = await study({ readers: [ada.id], images: { kind: 'chosen', imageIds: [images[0]!.id] } })
    expect((await send('GET', ada, `/projects/${projectId}`)).statusCode).toBe(200)
    expect((await send('GET', ada, `/images/${images[1]!.id}`)).statusCode).toBe(404)
    expect((await send('GET', ada, `/studies/${id}/agreement`)).statusCode).toBe(404)
    expect((await send('PATCH', ada, `/studies/${id}`, { state: 'closed' })).statusCode).toBe(404)
    expect((await send('GET', bob, `/projects/${projectId}/studies`)).statusCode).toBe(404)
    expect((await send('PATCH', owner, `/studies/${id}`, { state: 'closed' })).json().state).toBe('closed')
    expect((await send('GET', ada, `/images/${images[0]!.id}`)).statusCode).toBe(404)
    expect((await send('DELETE', owner, `/studies/${id}`)).statusCode).toBe(204)
  })

  it('a share of the images is drawn by chance', async () => {
    expect((await study({ images: { kind: 'share', percent: 50 } })).images).toBe(2)
    const none = await send('POST', owner, `/projects/${projectId}/studies`, {
      name: 'x',
      readers: [],
      images: { kind: 'all' },
    })
    expect(none.statusCode).toBe(422)
  })

  it('an owner who reads along sees the agreement only after they have finished', async () => {
    const { id } = await study({ readers: [owner.id, ada.id] })
    expect(await chosen(owner, 1)).toBeNull()
    expect((await send('GET', owner, `/studies/${id}/agreement`)).statusCode).toBe(403)
    for (const index of images.keys()) await answer(owner, index, 0)
    await send('POST', owner, `/studies/${id}/finish`)
    expect((await send('GET', owner, `/studies/${id}/agreement`)).statusCode).toBe(200)
    expect(await chosen(owner, 1)).toBe(1)
  })

  it('gold images score annotators who do not see the reference', async () => {
    for (const index of [0, 1]) {
      await send('POST', owner, `/images/${images[index]!.id}/editors`, { userId: ada.id })
      expect((await send('PUT', owner, `/images/${images[index]!.id}/gold`)).statusCode).toBe(200)
    }
    expect(await chosen(ada, 1)).toBeNull()
    expect(await seen(ada, 1)).toMatchObject({ annotatedAt: null, labelValue: null })
    expect((await send('GET', ada, `/images/${images[1]!.id}/label/revisions`)).statusCode).toBe(404)
    await answer(ada, 0, 0)
    await answer(ada, 1, 0)
    expect([await chosen(ada, 1), await chosen(owner, 1)]).toEqual([0, 1])
    const { items, scores } = (await send('GET', owner, `/projects/${projectId}/gold`)).json()
    expect(items.map(({ answers }: { answers: number }) => answers)).toEqual([1, 1])
    const [score] = scores as GoldScore[]
    expect(score).toMatchObject({ person: { username: 'ada' }, images: 2, value: 0.5 })
    const mine = `/projects/${projectId}/gold/mine`
    expect((await send('GET', ada, mine)).json().score).toBeNull()
    await send('PUT', owner, `/projects/${projectId}/review-settings`, { mode: 'off', showsGoldScore: true })
    expect((await send('GET', ada, mine)).json().score).toMatchObject({ value: 0.5 })
    expect((await send('GET', ada, `/projects/${projectId}/gold`)).statusCode).toBe(404)
    expect((await send('DELETE', owner, `/images/${images[1]!.id}/gold`)).statusCode).toBe(204)
    expect(await chosen(ada, 1)).toBe(1)
  })
})
