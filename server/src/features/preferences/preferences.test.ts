import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'

let test: TestApp
let ann: { cookie: string }
let ben: { cookie: string }

beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  ben = await signUp(test.app, 'ben')
})
afterAll(() => test.close())

const url = '/api/v1/me/preferences'
const read = (headers: Record<string, string>) => test.app.inject({ url, headers })
const write = (headers: Record<string, string>, payload: object) =>
  test.app.inject({ method: 'PUT', url, headers, payload })

it('are each person’s own, and nothing at first', async () => {
  expect((await read(ann)).json()).toEqual({ shortcuts: {} })
  expect((await write(ann, { shortcuts: { toolBrush: ['w'] } })).statusCode).toBe(200)
  expect((await write(ann, { shortcuts: { toolBrush: ['q'], skip: [] } })).json()).toEqual({
    shortcuts: { toolBrush: ['q'], skip: [] },
  })
  expect((await read(ann)).json()).toEqual({ shortcuts: { toolBrush: ['q'], skip: [] } })
  expect((await read(ben)).json()).toEqual({ shortcuts: {} })
})

it('are refused to strangers, and when they are not what they should be', async () => {
  expect((await read({})).statusCode).toBe(401)
  expect((await write(ann, { shortcuts: { 'no name': ['q'] } })).statusCode).toBe(422)
  expect((await write(ann, { shortcuts: {}, other: 1 })).statusCode).toBe(422)
  expect((await write(ann, { shortcuts: { toolBrush: ['a', 'b', 'c', 'd', 'e'] } })).statusCode).toBe(422)
  const many = Object.fromEntries(
    Array.from({ length: 201 }, (_, at) => [
      `c${String.fromCharCode(97 + (at % 26), 97 + Math.floor(at / 26))}`,
      ['q'],
    ]),
  )
  expect((await write(ann, { shortcuts: many })).statusCode).toBe(422)
})
