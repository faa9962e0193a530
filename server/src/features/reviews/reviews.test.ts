import type { Image, ServerEvent } from '@vesalius/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'
import { findAnnotatedImages } from '../training/training.queries.ts'

type Person = { cookie: string; id: string }
const BOX = { id: 'a', class: 0, box: [1, 1, 5, 5] }
const label = (...boxes: object[]) => ({ type: 2000, data: { key: ['object'], boxes } })

describe('reviews', () => {
  let test: TestApp
  let owner: Person
  let reader: Person
  let reviewer: Person
  let stranger: Person
  let projectId: string
  let image: Image
  let heard: ServerEvent[]

  const send = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', person: Person, path: string, payload?: object) =>
    test.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { cookie: person.cookie },
      ...(payload ? { payload } : {}),
    })
  const decide = (person: Person, decision: string, more: object = {}) =>
    send('POST', person, `/images/${image.id}/reviews`, { decision, ...more })
  const current = async (): Promise<Image> => (await send('GET', owner, `/images/${image.id}`)).json()

  beforeAll(async () => {
    test = await openTestApp()
    const join = async (name: string): Promise<Person> => {
      const { cookie } = await signUp(test.app, name)
      const { id } = (await test.app.inject({ url: '/api/v1/me', headers: { cookie } })).json()
      return { cookie, id }
    }
    // The first account is administrator, and may everything.
    await join('administrator')
    ;[owner, reader, reviewer, stranger] = [
      await join('owner'),
      await join('reader'),
      await join('reviewer'),
      await join('stranger'),
    ]
    projectId = await projectOf(test.app, owner, 2000)
    await send('PUT', owner, `/projects/${projectId}/review-settings`, { mode: 'optional', showsGoldScore: false })
    await send('POST', owner, `/projects/${projectId}/reviewers`, { userId: reviewer.id })
    test.context.events.subscribe((_, event) => heard.push(event))
  })
  afterAll(() => test?.close())
  beforeEach(async () => {
    heard = []
    image = await uploadImage(test.app, owner, projectId)
    await send('POST', owner, `/images/${image.id}/editors`, { userId: reader.id })
    await send('PUT', reader, `/images/${image.id}/label`, label(BOX))
  })

  it('a rejection with a pinned comment comes back to its annotator, and a corrected label is accepted', async () => {
    const place = { x: 3, y: 4.5, frame: 0, markId: 'a' }
    const rejected = await decide(reviewer, 'rejected', { comment: { text: 'Too wide', place } })
    expect(rejected.statusCode).toBe(201)
    expect(rejected.json()).toMatchObject({
      review: { decision: 'rejected', revision: 1, text: 'Too wide', reviewer: { username: 'reviewer' } },
      image: { review: 'rejected', openComments: 1, annotatedBy: reader.id },
    })
    expect(heard).toContainEqual(
      expect.objectContaining({ kind: 'reviewed', annotatedBy: reader.id, text: 'Too wide' }),
    )
    const mine = `/projects/${projectId}/images?review=rejected&annotatedBy=${reader.id}`
    expect((await send('GET', reader, mine)).json().items.map(({ id }: Image) => id)).toContain(image.id)
    const [comment] = (await send('GET', reader, `/images/${image.id}/comments`)).json().items
    expect(comment).toMatchObject({ text: 'Too wide', place, author: { username: 'reviewer' }, resolvedAt: null })

    await send('PUT', reader, `/images/${image.id}/label`, label({ ...BOX, box: [1, 1, 3, 5] }))
    expect(await current()).toMatchObject({ review: 'unreviewed', openComments: 1 })
    await send('POST', reader, `/images/${image.id}/comments`, { text: 'Narrower now', parentId: comment.id })
    const resolved = await send('PATCH', reader, `/comments/${comment.id}`, { isResolved: true })
    expect(resolved.json()).toMatchObject({ resolvedBy: { username: 'reader' } })
    expect((await decide(reviewer, 'accepted')).statusCode).toBe(201)
    expect(await current()).toMatchObject({ review: 'accepted', openComments: 0 })
    const decisions = (await send('GET', owner, `/images/${image.id}/reviews`)).json().items
    expect(decisions.map(({ decision, revision }: never) => [decision, revision])).toEqual([
      ['accepted', 2],
      ['rejected', 1],
    ])
    const file = await test.context.storage.read(`users/${owner.id}/${image.id}.label`)
    expect(JSON.parse(String(file)).meta.review).toBe('accepted')
  })

  it('an accepted label that changes is unreviewed again, and one that is taken back too', async () => {
    await decide(reviewer, 'accepted')
    await send('PUT', owner, `/images/${image.id}/label`, label())
    expect((await current()).review).toBe('unreviewed')
    await decide(reviewer, 'accepted')
    await send('DELETE', owner, `/images/${image.id}/label`)
    expect((await current()).review).toBe('unreviewed')
  })

  it('speaks of the label that was looked at: one changed meanwhile answers 412', async () => {
    const response = await test.app.inject({
      method: 'POST',
      url: `/api/v1/images/${image.id}/reviews`,
      headers: { cookie: reviewer.cookie, 'if-match': '"0"' },
      payload: { decision: 'accepted' },
    })
    expect(response.statusCode).toBe(412)
    expect((await current()).review).toBe('unreviewed')
  })

  it('a rejection says why', async () => {
    expect((await decide(reviewer, 'rejected')).statusCode).toBe(422)
    await send('POST', reviewer, `/images/${image.id}/comments`, { text: 'See here' })
    expect((await decide(reviewer, 'rejected')).statusCode).toBe(201)
  })

  it('is refused for what nobody annotated, frozen images, and where review is off', async () => {
    await send('POST', owner, `/images/${image.id}/freeze`)
    expect((await decide(reviewer, 'accepted')).json().code).toBe('IMAGE_FROZEN')
    await send('POST', owner, `/images/${image.id}/unfreeze`)
    await send('DELETE', owner, `/images/${image.id}/label`)
    expect((await decide(reviewer, 'accepted')).statusCode).toBe(409)
    const other = await uploadImage(test.app, owner, await projectOf(test.app, owner, 1000))
    expect((await send('POST', owner, `/images/${other.id}/reviews`, { decision: 'accepted' })).statusCode).toBe(409)
  })

  it('is for owner and reviewers: annotators may only remark, strangers see nothing', async () => {
    expect((await decide(reader, 'accepted')).statusCode).toBe(403)
    expect((await decide(stranger, 'accepted')).statusCode).toBe(404)
    expect((await decide({ cookie: '', id: '' }, 'accepted')).statusCode).toBe(401)
    expect((await decide(reviewer, 'perhaps')).statusCode).toBe(422)
    const { id } = (await send('POST', reviewer, `/images/${image.id}/comments`, { text: 'Hm' })).json()
    expect((await send('PATCH', stranger, `/comments/${id}`, { isResolved: true })).statusCode).toBe(404)
    expect((await send('PATCH', reader, `/comments/${id}`, { text: 'Fine' })).statusCode).toBe(403)
    expect((await send('DELETE', reader, `/comments/${id}`)).statusCode).toBe(403)
    expect((await send('DELETE', reviewer, `/comments/${id}`)).statusCode).toBe(204)
    expect((await current()).openComments).toBe(0)
    expect((await send('DELETE', reviewer, `/images/${image.id}`)).statusCode).toBe(403)
    const settings = { mode: 'off', showsGoldScore: false }
    expect((await send('PUT', reviewer, `/projects/${projectId}/review-settings`, settings)).statusCode).toBe(403)
  })

  it('a reviewer sees the whole project until their name is taken off', async () => {
    const projects = (await send('GET', reviewer, '/projects')).json().items
    expect(projects).toContainEqual(expect.objectContaining({ id: projectId, access: 'reviewer' }))
    const path = `/projects/${projectId}/reviewers`
    await send('POST', owner, path, { userId: stranger.id })
    expect((await send('GET', stranger, `/images/${image.id}`)).statusCode).toBe(200)
    expect((await send('DELETE', reviewer, path, { userId: stranger.id })).statusCode).toBe(403)
    expect((await send('DELETE', stranger, path, { userId: stranger.id })).statusCode).toBe(200)
    expect((await send('GET', stranger, `/images/${image.id}`)).statusCode).toBe(404)
  })

  it('only accepted images train where review is required', async () => {
    const train = async (mode: string) => {
      await send('PUT', owner, `/projects/${projectId}/review-settings`, { mode, showsGoldScore: false })
      const project = await test.context.db
        .selectFrom('projects')
        .selectAll()
        .where('id', '=', projectId as never)
        .executeTakeFirstOrThrow()
      return (await findAnnotatedImages(test.context.db, project)).map(({ id }) => id)
    }
    expect(await train('required')).not.toContain(image.id)
    await decide(reviewer, 'accepted')
    expect(await train('required')).toContain(image.id)
    await decide(reviewer, 'rejected', { comment: { text: 'No' } })
    expect(await train('required')).not.toContain(image.id)
    expect(await train('optional')).toContain(image.id)
  })

  it('counts what waits, and what is mine to correct', async () => {
    const path = `/projects/${projectId}/review-counts`
    const before = (await send('GET', reader, path)).json()
    await decide(reviewer, 'rejected', { comment: { text: 'No' } })
    const after = (await send('GET', reader, path)).json()
    expect(after).toEqual({
      ...before,
      unreviewed: before.unreviewed - 1,
      rejected: before.rejected + 1,
      rejectedMine: before.rejectedMine + 1,
    })
  })
})
