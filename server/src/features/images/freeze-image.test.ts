import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'

let test: TestApp
let ann: { cookie: string }
let id: string
beforeAll(async () => {
  test = await openTestApp()
  ann = await signUp(test.app, 'ann')
  id = (await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))).id
})
afterAll(() => test.close())

const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT', path: string, payload?: object, headers = ann) =>
  test.app.inject({ method, url: `/api/v1/images/${id}${path}`, headers, ...(payload ? { payload } : {}) })
const label = { type: 1001, data: { key: { '0': 'negative', '1': 'positive' }, value: 1 } }

it('a frozen image is read as before and changed by nothing', async () => {
  expect((await send('POST', '/freeze')).json().state).toBe('FROZEN')
  expect((await send('POST', '/freeze')).json().state).toBe('FROZEN')
  const attempts = [
    send('PUT', '/label', label),
    send('DELETE', '/label'),
    send('PATCH', '', { name: 'x' }),
    send('POST', '/prelabel'),
    send('DELETE', ''),
  ]
  for (const attempt of attempts) expect((await attempt).json()).toMatchObject({ code: 'IMAGE_FROZEN', status: 409 })
  for (const path of ['', '/file', '/label', '/preview']) expect((await send('GET', path)).statusCode).toBe(200)
})

it('unfrozen it is as it was, also when it still waited for its first look', async () => {
  expect((await send('POST', '/unfreeze')).json().state).toBe('TO_LABEL')
  expect((await send('POST', '/unfreeze')).json().state).toBe('TO_LABEL')
  await send('PUT', '/label', label)
  await send('POST', '/freeze')
  expect((await send('POST', '/unfreeze')).json()).toMatchObject({ state: 'NORMAL', labelValue: 1 })
})

it('is frozen by its owner, and not in the bin', async () => {
  const ben = await signUp(test.app, 'ben')
  expect((await send('POST', '/freeze', undefined, ben)).statusCode).toBe(404)
  await send('DELETE', '')
  expect((await send('POST', '/freeze')).statusCode).toBe(409)
  expect((await send('POST', '/unfreeze')).statusCode).toBe(409)
})
