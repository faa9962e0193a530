import type { Message, ProjectId, RunId, ServerEvent, ThreadPage, UserId } from '@vesalius/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { json } from '../../db/json.ts'
import { newId } from '../../ids.ts'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { phantomPng, projectOf, uploadImage } from '../../testing/uploads.ts'
import { WAITING } from '../training/start-run.ts'
import { endRun } from '../training/update-run.ts'
import { sendDigests } from './mail-digest.ts'

/** Ann has an image and an organisation with Bo in it; Cy is in neither. */
let test: TestApp
type Headers = Record<string, string>
const headers = {} as Record<'root' | 'ann' | 'bo' | 'cy', Headers>
const ids = {} as Record<'root' | 'ann' | 'bo' | 'cy', UserId>
let imageId: string
let organisationId: string

beforeAll(async () => {
  test = await openTestApp()
  for (const name of ['root', 'ann', 'bo', 'cy'] as const) {
    headers[name] = await signUp(test.app, name)
    ids[name] = (await get(headers[name], '/me')).id
  }
  const project = await projectOf(test.app, headers.ann, 1001)
  imageId = (await uploadImage(test.app, headers.ann, project)).id
  organisationId = (await send(headers.ann, 'POST', '/organisations', { name: 'Ward 4' })).json().id
  await test.context.db
    .insertInto('organisation_members')
    .values({ organisation_id: organisationId as never, user_id: ids.bo, role: 'viewer' })
    .execute()
})
afterAll(() => test.close())

it('people write to each other: nobody else reads it, administrators neither; unread counts go when it was read', async () => {
  const first = await post('ann', { to: people('bo'), text: 'Look at <b>this</b>, @bo, and mail me@cy' })
  expect(first).toMatchObject({ author: { username: 'ann' }, mentions: [{ username: 'bo' }], quotes: [] })
  for (const other of ['cy', 'root'] as const) {
    expect((await send(headers[other], 'GET', `/messages/${first.id}/thread`)).statusCode).toBe(404)
    expect((await post(other, { quotes: [first.id], text: 'me too' }, 404)).code).toBe('NOT_FOUND')
    expect((await get(headers[other], '/conversations')).items).toEqual([])
  }
  expect(await news('bo')).toEqual({ threads: 1, notifications: 1 })
  const { items } = await get(headers.bo, '/conversations')
  expect(items).toMatchObject([{ unread: 1, size: 1, last: { id: first.id }, topic: { kind: 'people' } }])
  const answer = await post('bo', { quotes: [first.id], text: 'I see.' })
  expect(answer.quotes).toMatchObject([{ id: first.id, author: { username: 'ann' } }])
  expect((await send(headers.bo, 'POST', `/messages/${first.id}/read`)).json().threads).toBe(0)
  const thread = await get<ThreadPage>(headers.ann, `/messages/${first.id}/thread`)
  expect([thread.size, thread.unread, thread.items.map(({ id }) => id)]).toEqual([2, 1, [first.id, answer.id]])
  await send(headers.ann, 'POST', `/messages/${first.id}/read`)
  expect((await get(headers.ann, `/messages/${first.id}/thread`)).unread).toBe(1)
  await send(headers.ann, 'POST', `/messages/${answer.id}/read`)
  expect((await news('ann')).threads).toBe(0)
})

it('a long thread is read in pages in both directions, from any message of it', async () => {
  const all = [await post('ann', { to: people('bo'), text: '0' })]
  for (let count = 1; count < 12; count += 1) {
    all.push(await post(count % 2 ? 'bo' : 'ann', { quotes: [(all.at(-1) as Message).id], text: `${count}` }))
  }
  const at = (all[6] as Message).id
  const page = await get<ThreadPage>(headers.ann, `/messages/${at}/thread?limit=4`)
  expect(words(page)).toEqual(['4', '5', '6', '7'])
  const read = (cursor: string | null) =>
    get<ThreadPage>(headers.ann, `/messages/${at}/thread?limit=4&cursor=${cursor}`)
  const after = await read(page.nextCursor)
  expect([words(after), after.nextCursor]).toEqual([['8', '9', '10', '11'], null])
  const before = await read(page.previousCursor)
  expect([words(before), before.previousCursor]).toEqual([['0', '1', '2', '3'], null])
  const elsewhere = await post('ann', { to: people('bo'), text: 'other' })
  const answer = await send(headers.ann, 'GET', `/messages/${elsewhere.id}/thread?cursor=${page.nextCursor}`)
  expect(answer.statusCode).toBe(400)
})

it('a message about a place of an image is seen by whoever sees the image, now and later', async () => {
  const heard: ServerEvent[] = []
  const stop = test.context.events.subscribe((_, event) => heard.push(event))
  const place = { x: 12.5, y: 30, frame: 0, markId: null }
  await post('bo', { to: { kind: 'image', imageId, place }, text: 'Lesion?' }, 404)
  await send(headers.ann, 'POST', `/images/${imageId}/editors`, { userId: ids.bo })
  const question = await post('bo', { to: { kind: 'image', imageId, place }, text: 'Is this a lesion?' })
  expect(question.topic).toMatchObject({ kind: 'image', imageId, place })
  // Whoever uploaded the image is reached without being named.
  expect((await get(headers.ann, '/conversations')).items[0]).toMatchObject({ unread: 1, last: { id: question.id } })
  expect(heard).toContainEqual({ kind: 'discussion', imageId, projectId: expect.any(String) })
  const answer = await post('ann', { quotes: [question.id], text: '请@bo看这里的病灶' })
  expect(answer.mentions).toMatchObject([{ username: 'bo' }])
  const { items } = await get(headers.ann, `/images/${imageId}/discussions`)
  expect(items).toMatchObject([{ first: { id: question.id }, size: 2, topic: { place } }])
  const told = (await get(headers.bo, '/notifications')).items
  expect(told[0]).toMatchObject({
    kind: 'mention',
    by: { username: 'ann' },
    message: { id: answer.id },
    image: { id: imageId },
  })
  expect((await send(headers.bo, 'POST', '/notifications/seen', {})).json().notifications).toBe(0)
  expect((await send(headers.cy, 'GET', `/images/${imageId}/discussions`)).statusCode).toBe(404)

  await send(headers.ann, 'DELETE', `/images/${imageId}/editors`, { userId: ids.bo })
  expect((await send(headers.bo, 'GET', `/messages/${question.id}/thread`)).statusCode).toBe(404)
  expect((await get(headers.bo, '/messages?text=lesion')).items).toEqual([])
  const kept = (await get(headers.bo, '/conversations')).items as { topic: { kind: string } }[]
  expect(kept.filter(({ topic }) => topic.kind === 'image')).toEqual([])
  expect((await get(headers.bo, '/notifications')).items[0]).toMatchObject({ message: null, image: null })
  stop()
})

it('a search finds Chinese words of two characters and parts of English ones, only where one may read', async () => {
  const hits = async (who: keyof typeof headers, text: string) =>
    ((await get(headers[who], `/messages?text=${encodeURIComponent(text)}`)).items as Message[]).length
  await post('ann', { to: { kind: 'organisation', organisationId }, text: '右肺上叶有结节 nodule of 8 mm' })
  expect([
    await hits('bo', '结节'),
    await hits('bo', 'ODUL'),
    await hits('bo', '肺'),
    await hits('bo', '节结'),
  ]).toEqual([1, 1, 1, 0])
  expect([await hits('cy', '结节'), await hits('cy', 'nodule'), await hits('bo', '100%')]).toEqual([0, 0, 0])
})

it('two threads become one with an answer that quotes both; each message stays readable by its own readers', async () => {
  const toBo = await post('ann', { to: people('bo'), text: 'b1' })
  const toCy = await post('ann', { to: people('cy'), text: 'c1' })
  const later = await post('cy', { quotes: [toCy.id], text: 'c2' })
  const both = await post('ann', { quotes: [toBo.id, toCy.id], text: 'both' })
  const read = async (who: keyof typeof headers, id: string) =>
    words(await get<ThreadPage>(headers[who], `/messages/${id}/thread`))
  expect(await read('ann', later.id)).toEqual(['b1', 'c1', 'c2', 'both'])
  expect(await read('bo', toBo.id)).toEqual(['b1', 'both'])
  expect(await read('cy', toCy.id)).toEqual(['c1', 'c2'])
  const seen = (await get<ThreadPage>(headers.bo, `/messages/${both.id}/thread`)).items.at(-1)
  expect(seen?.quotes.map(({ text }) => text)).toEqual(['b1'])
  const inbox = (await get(headers.ann, '/conversations')).items as { last: Message; size: number }[]
  expect(inbox.filter(({ last }) => [both.id, later.id].includes(last.id))).toMatchObject([
    { size: 4, last: { id: both.id } },
  ])
  await post('cy', { quotes: [toBo.id, toCy.id], text: 'mine now' }, 404)
})

it('an author edits and deletes, nobody else does; earlier words stay until the message is deleted', async () => {
  const said = await post('ann', { to: { kind: 'organisation', organisationId }, text: 'first' })
  const change = (who: keyof typeof headers, text: string) =>
    send(headers[who], 'PATCH', `/messages/${said.id}`, { text })
  expect([(await change('bo', 'x')).statusCode, (await change('cy', 'x')).statusCode]).toEqual([403, 404])
  expect((await change('ann', 'second @bo')).json()).toMatchObject({
    text: 'second @bo',
    mentions: [{ username: 'bo' }],
  })
  expect((await get(headers.bo, `/messages/${said.id}/edits`)).items).toMatchObject([{ text: 'first' }])
  const answer = await post('bo', { quotes: [said.id], text: 'to that' })
  expect((await send(headers.bo, 'DELETE', `/messages/${said.id}`)).statusCode).toBe(403)
  const gone = (await send(headers.ann, 'DELETE', `/messages/${said.id}`)).json()
  expect(gone).toMatchObject({ id: said.id, text: '', deletedAt: expect.any(String) })
  const thread = await get<ThreadPage>(headers.bo, `/messages/${answer.id}/thread`)
  expect(words(thread)).toEqual(['', 'to that'])
  expect(thread.items[1]?.quotes).toMatchObject([{ text: '', deletedAt: expect.any(String) }])
  expect((await get(headers.bo, `/messages/${said.id}/edits`)).items).toEqual([])
  expect((await change('ann', 'third')).statusCode).toBe(409)
})

it('an attached image is a reference: each reader sees it only with a right of their own', async () => {
  const shown = await post('ann', { to: people('bo'), text: 'see', images: [imageId] })
  expect(shown.images).toMatchObject([{ id: imageId }])
  const [seen] = (await get<ThreadPage>(headers.bo, `/messages/${shown.id}/thread`)).items
  expect(seen?.images).toEqual([])
  await post('bo', { to: people('ann'), text: 'see', images: [imageId] }, 404)
})

it('a muted thread counts no more; a digest is mailed once, without words of messages', async () => {
  await send(headers.cy, 'PUT', '/me/message-settings', { mailDigest: 'daily' })
  const start = await post('ann', { to: people('cy'), text: 'secret words' })
  await test.context.db
    .updateTable('message_settings')
    .set({ digested_at: new Date(Date.now() - 2 * 86_400_000) })
    .execute()
  await send(headers.cy, 'PUT', `/messages/${start.id}/mute`, { isMuted: true })
  const { threads } = await news('cy')
  await post('ann', { quotes: [start.id], text: 'more' })
  expect((await news('cy')).threads).toBe(threads)
  await send(headers.cy, 'PUT', `/messages/${start.id}/mute`, { isMuted: false })
  expect((await news('cy')).threads).toBe(threads + 1)
  expect([await sendDigests(test.context), await sendDigests(test.context)]).toEqual([1, 0])
  const [mail] = await test.context.db
    .selectFrom('mails')
    .selectAll()
    .where('recipient', '=', 'cy@example.org')
    .execute()
  expect(mail?.text).toContain('/messages')
  expect(mail?.text).not.toContain('secret')
})

it('a review is told to whoever annotated the image', async () => {
  const { db } = test.context
  const project = await projectOf(test.app, headers.ann, 1001)
  const image = await uploadImage(test.app, headers.ann, project, { bytes: await phantomPng({ seed: 9 }) })
  await send(headers.ann, 'POST', `/images/${image.id}/editors`, { userId: ids.bo })
  const label = await get(headers.bo, `/images/${image.id}/label`)
  const data = { type: label.type, data: { ...label.data, value: 1 } }
  expect((await send(headers.bo, 'PUT', `/images/${image.id}/label`, data)).statusCode).toBe(200)
  await db
    .updateTable('projects')
    .set({ review_mode: 'optional' })
    .where('id', '=', project as never)
    .execute()
  await send(headers.ann, 'POST', `/images/${image.id}/reviews`, { decision: 'rejected', comment: { text: 'no' } })
  const [note] = (await get(headers.bo, '/notifications')).items
  expect(note).toMatchObject({ kind: 'review', outcome: 'rejected', by: { username: 'ann' }, image: { id: image.id } })
})

it('the end of a training is told to whoever asked for it', async () => {
  const projectId = (await projectOf(test.app, headers.ann, 1001)) as ProjectId
  const run = await test.context.db
    .insertInto('runs')
    .values({
      ...{ id: newId<RunId>(), project_id: projectId, kind: 'training', trigger: 'person', scope: 'whole' },
      ...{ state: 'running', budget_minutes: 1, progress: json(WAITING), metrics: null, error: null },
      ...{ model_version_id: null, image_count: null, data_set_hash: null, created_by: ids.ann },
      ...{ started_at: null, finished_at: null },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await endRun(test.context, run, 'failed', { code: 'TRAINING_FAILED', message: 'no' })
  const [note] = (await get(headers.ann, '/notifications')).items
  expect(note).toMatchObject({ kind: 'training', outcome: 'failed', project: { id: projectId }, message: null })
})

const people = (...names: (keyof typeof ids)[]) => ({ kind: 'people', userIds: names.map((name) => ids[name]) })
const words = ({ items }: ThreadPage) => items.map(({ text }) => text)
const news = (who: keyof typeof headers) => get(headers[who], '/notifications/count')

function send(as: Headers, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object) {
  return test.app.inject({ method, url: `/api/v1${path}`, headers: as, ...(payload ? { payload } : {}) })
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
async function get<Answer = any>(as: Headers, path: string): Promise<Answer> {
  const response = await send(as, 'GET', path)
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${response.body}`)
  return response.json()
}

// biome-ignore lint/suspicious/noExplicitAny: a message, or why there is none
async function post(who: keyof typeof headers, message: object, status = 201): Promise<any> {
  const response = await send(headers[who], 'POST', '/messages', message)
  expect([response.statusCode, response.statusCode === status ? '' : response.body]).toEqual([status, ''])
  return response.json()
}
