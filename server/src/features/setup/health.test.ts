import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { projectOf, uploadImage } from '../../testing/uploads.ts'

const OBSERVE = new URL('../../../../deploy/observe/', import.meta.url)
let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

it('says when it stops or has no database, and that it lives all the same', async () => {
  const statusOf = async (url: string) => (await test.app.inject({ url })).statusCode
  expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 200])
  test.context.drain.isStopping = true
  expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 503])
  test.context.drain.isStopping = false
})

it('counts jobs and images, is closed to strangers, and has every figure that the dashboard and the alerts name', async () => {
  const ann = await signUp(test.app, 'ann')
  const image = await uploadImage(test.app, ann, await projectOf(test.app, ann, 1001))
  const { body } = await test.app.inject({ url: '/metrics' })
  expect(body).toContain('vesalius_jobs_waiting{job="prelabel-image",kind="prelabel"} 1')
  expect(body).toContain('vesalius_images_unlabelled{state="waiting"} 1')
  expect(body).not.toContain(image.id)
  expect(body).not.toContain(image.name)
  const bob = await signUp(test.app, 'bob')
  const ask = (headers: object) =>
    test.app.inject({ url: '/metrics', headers: { ...headers, 'x-forwarded-for': '10.1.1.1' } })
  expect([(await ask({})).statusCode, (await ask(bob)).statusCode, (await ask(ann)).statusCode]).toEqual([
    403, 403, 200,
  ])

  const told = new Set([...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name))
  for (const file of ['grafana.json', 'alerts.yaml']) {
    const named = readFileSync(new URL(file, OBSERVE), 'utf8').matchAll(/\b(?:vesalius|nodejs|process)_[a-z0-9_]+/g)
    const missing = [...named]
      .map(([name]) => name.replace(/_(bucket|sum|count)$/, ''))
      .filter((name) => !told.has(name))
    expect([file, missing]).toEqual([file, []])
  }
})
