import type { Image } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }
let project: string

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  project = await projectOf(test.app, ann, 1001)
})
afterAll(() => test.close())

type Headers = Record<string, string>
const skip = (image: Image, payload: object, headers: Headers = ann) =>
  test.app.inject({ method: 'POST', url: `/api/v1/images/${image.id}/skip`, headers, payload })
const unskip = (image: Image, headers: Headers = ann) =>
  test.app.inject({ method: 'DELETE', url: `/api/v1/images/${image.id}/skip`, headers })
const label = { type: 1001, data: { key: { '0': 'negative', '1': 'positive' }, value: 0 } }
const annotate = (image: Image, more: object = {}) =>
  test.app.inject({
    method: 'PUT',
    url: `/api/v1/images/${image.id}/label`,
    headers: ann,
    payload: { ...label, ...more },
  })
const list = async (query: string): Promise<Image[]> =>
  (await test.app.inject({ url: `/api/v1/projects/${project}/images?order=oldest&${query}`, headers: ann })).json()
    .items

describe('a skipped image', () => {
  it('says why and by whom, and lists can be narrowed to it or to others', async () => {
    const one = await uploadImage(test.app, ann, project)
    const two = await uploadImage(test.app, ann, project)
    expect(one.skip).toBeNull()
    const skipped = (await skip(one, { reason: 'quality', note: ' out of focus ' })).json() as Image
    expect(skipped.skip).toMatchObject({ reason: 'quality', note: 'out of focus', userId: one.ownerId })
    expect((await list('skipped=true')).map(({ id }) => id)).toEqual([one.id])
    expect((await list('skipReason=quality')).map(({ id }) => id)).toEqual([one.id])
    expect(await list('skipReason=expert')).toEqual([])
    expect((await list('skipped=false')).map(({ id }) => id)).toContain(two.id)
    expect((await unskip(one)).json().skip).toBeNull()
    expect(await list('skipped=true')).toEqual([])
  })

  it('is skipped no more once it is annotated, and an annotated one cannot be', async () => {
    const image = await uploadImage(test.app, ann, project)
    await skip(image, { reason: 'unsure' })
    expect((await annotate(image)).statusCode).toBe(200)
    const now = (await test.app.inject({ url: `/api/v1/images/${image.id}`, headers: ann })).json() as Image
    expect(now.skip).toBeNull()
    expect((await skip(image, { reason: 'unsure' })).statusCode).toBe(409)
  })

  it('is nobody else’s to skip, and frozen ones stay', async () => {
    const image = await uploadImage(test.app, ann, project)
    expect((await skip(image, { reason: 'unsure' }, ben)).statusCode).toBe(404)
    expect((await skip(image, { reason: 'unsure' }, {})).statusCode).toBe(401)
    expect((await skip(image, { reason: 'bored' })).statusCode).toBe(422)
    expect((await skip(image, { reason: 'other', note: 'x'.repeat(501) })).statusCode).toBe(422)
    await test.app.inject({ method: 'POST', url: `/api/v1/images/${image.id}/freeze`, headers: ann })
    expect((await skip(image, { reason: 'unsure' })).statusCode).toBe(409)
    expect((await unskip(image)).statusCode).toBe(409)
  })
})

describe('the time spent', () => {
  it('is kept with the revision it led to, and bounded', async () => {
    const image = await uploadImage(test.app, ann, project)
    await annotate(image, { seconds: 12.5 })
    await annotate(image)
    const revisions = await test.app.inject({ url: `/api/v1/images/${image.id}/label/revisions`, headers: ann })
    expect(revisions.json().items.map(({ seconds }: { seconds: number | null }) => seconds)).toEqual([null, 12.5, null])
    expect((await annotate(image, { seconds: -1 })).statusCode).toBe(422)
    expect((await annotate(image, { seconds: 86_401 })).statusCode).toBe(422)
  })
})

it('lists by patient, page by page', async () => {
  const made = await test.app.inject({
    method: 'POST',
    url: '/api/v1/projects',
    headers: ann,
    payload: { name: 'patients', taskType: 1001 },
  })
  const id = made.json().id as string
  for (const group of ['p2', 'p1', undefined, 'p2', 'p1']) await uploadImage(test.app, ann, id, group ? { group } : {})
  const groups: (string | null)[] = []
  let cursor: string | null = null
  do {
    const page = await test.app.inject({
      url: `/api/v1/projects/${id}/images?order=group&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      headers: ann,
    })
    const answer = page.json() as { items: Image[]; nextCursor: string | null }
    groups.push(...answer.items.map(({ group }) => group))
    cursor = answer.nextCursor
  } while (cursor)
  expect(groups).toEqual([null, 'p1', 'p1', 'p2', 'p2'])
})
