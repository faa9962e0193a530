import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }
let path: string

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
  path = `/api/v1/projects/${await projectOf(test.app, ann, 1001)}/filters`
})
afterAll(() => test.close())

const list = async (headers = ann) => (await test.app.inject({ url: path, headers })).json().items
const save = (payload: object, headers = ann) => test.app.inject({ method: 'POST', url: path, headers, payload })

it('keeps filters under their names, and replaces one of the same name', async () => {
  expect((await save({ name: ' Unsure ', query: 'scoreTo=0.6' })).statusCode).toBe(201)
  expect((await save({ name: 'Mine', query: 'annotated=true' })).statusCode).toBe(201)
  expect((await save({ name: 'Unsure', query: 'scoreTo=0.7' })).statusCode).toBe(201)
  expect(await list()).toMatchObject([
    { name: 'Mine', query: 'annotated=true' },
    { name: 'Unsure', query: 'scoreTo=0.7' },
  ])
})

it('forgets one on request, once', async () => {
  const [{ id }] = await list()
  const remove = () => test.app.inject({ method: 'DELETE', url: `${path}/${id}`, headers: ann })
  expect((await remove()).statusCode).toBe(204)
  expect((await remove()).statusCode).toBe(404)
  expect(await list()).toHaveLength(1)
})

it('keeps at most fifty of a person in a project', async () => {
  for (let count = (await list()).length; count < 50; count++) await save({ name: `filter ${count}`, query: 'a=1' })
  expect((await save({ name: 'one more', query: 'a=1' })).statusCode).toBe(409)
  expect((await save({ name: 'Unsure', query: 'a=1' })).statusCode).toBe(201)
})

it('refuses strangers, the signed out, and what is too long', async () => {
  expect((await save({ name: 'x', query: 'a=1' }, ben)).statusCode).toBe(404)
  expect((await test.app.inject({ url: path, headers: ben })).statusCode).toBe(404)
  expect((await test.app.inject({ url: path })).statusCode).toBe(401)
  expect((await save({ name: 'x'.repeat(81), query: 'a=1' })).statusCode).toBe(422)
  expect((await save({ name: 'x', query: 'a'.repeat(2001) })).statusCode).toBe(422)
})
