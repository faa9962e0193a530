import { randomUUID } from 'node:crypto'
import type { Image, ServerEvent } from '@vesalius/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'

describe('presence', () => {
  let test: TestApp
  let owner: { cookie: string }
  let friend: { cookie: string }
  let stranger: { cookie: string }
  let image: Image
  let friendId: string
  let heard: ServerEvent[]

  beforeAll(async () => {
    test = await openTestApp()
    owner = await signUp(test.app, 'owner')
    friend = await signUp(test.app, 'friend')
    stranger = await signUp(test.app, 'stranger')
    friendId = (await test.app.inject({ url: '/api/v1/me', headers: friend })).json().id
    test.context.events.subscribe((_, event) => {
      if (event.kind === 'presence' || event.kind === 'submitted') heard.push(event)
    })
  })
  afterAll(() => test?.close())
  beforeEach(async () => {
    heard = []
    image = await uploadImage(test.app, owner, await projectOf(test.app, owner, 2000))
    await test.app.inject({
      method: 'POST',
      url: `/api/v1/images/${image.id}/editors`,
      headers: owner,
      payload: { userId: friendId },
    })
  })

  const call = (method: 'POST' | 'DELETE', headers: { cookie: string }, payload: object) =>
    test.app.inject({ method, url: `/api/v1/images/${image.id}/presence`, headers, payload })
  const announce = async (headers: { cookie: string }, tab: string, activity = 'viewing') =>
    (await call('POST', headers, { tab, activity })).json().items

  it('tells each who else has the image open, whatever the number of their pages', async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()]
    expect(await announce(owner, mine)).toEqual([])
    expect(await announce(friend, theirs)).toMatchObject([{ username: 'owner', activity: 'viewing' }])
    await announce(friend, randomUUID(), 'editing')
    expect(await announce(owner, mine)).toEqual([{ id: friendId, username: 'friend', activity: 'editing' }])
  })

  it('is told live when somebody comes, begins to edit or goes, and not with every beat', async () => {
    const tab = randomUUID()
    await announce(friend, tab)
    await announce(friend, tab)
    await announce(friend, tab, 'editing')
    await call('DELETE', friend, { tab })
    const activities = heard.map((event) => event.kind === 'presence' && event.items.map((item) => item.activity))
    expect(activities).toEqual([['viewing'], ['editing'], []])
  })

  it('forgets a page that fell silent, and tells it', async () => {
    await announce(friend, randomUUID())
    await test.context.db
      .updateTable('presences')
      .set({ seen_at: new Date(Date.now() - 60_000) })
      .where('image_id', '=', image.id)
      .execute()
    const tab = randomUUID()
    expect(await announce(owner, tab)).toEqual([])
    expect(heard.at(-1)).toMatchObject({ items: [{ username: 'owner' }] })
  })

  it('is hidden from strangers, and from who is not signed in', async () => {
    const page = { tab: randomUUID(), activity: 'viewing' }
    expect((await call('POST', stranger, page)).statusCode).toBe(404)
    expect((await call('POST', { cookie: '' }, page)).statusCode).toBe(401)
    expect((await call('POST', owner, { ...page, tab: 'x' })).statusCode).toBe(422)
  })

  it('hears who submitted a label', async () => {
    const label = { type: 2000, data: { key: ['object'], boxes: [] } }
    await test.app.inject({ method: 'PUT', url: `/api/v1/images/${image.id}/label`, headers: friend, payload: label })
    expect(heard).toMatchObject([
      { kind: 'submitted', imageId: image.id, revision: 1, author: { id: friendId, username: 'friend' } },
    ])
  })
})
