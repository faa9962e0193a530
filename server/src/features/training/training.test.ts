import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { startDueRuns } from './scheduler.ts'

let test: TestApp
let owner: { cookie: string }
let projectId: string
beforeAll(async () => {
  test = await openTestApp()
  owner = await signUp(test.app, 'owner')
  const made = await api('POST', '/projects', { name: 'Discs', taskType: 1001, classes: ['dark', 'bright'] })
  projectId = made.json().id
  for (const [index, shade] of [20, 220, 40, 200].entries()) await uploadAnnotated(index % 2, shade)
})
afterAll(() => test.close())

const api = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
  test.app.inject({ method, url: `/api/v1${path}`, headers: owner, ...(payload ? { payload } : {}) })

async function uploadAnnotated(value: number, shade: number): Promise<void> {
  const background = { r: shade, g: shade, b: shade }
  const png = await sharp({ create: { width: 20, height: 20, channels: 3, background } })
    .png()
    .toBuffer()
  const form = new FormData()
  const data = { key: { '0': 'dark', '1': 'bright' }, value }
  form.append('label', JSON.stringify({ type: 1001, data }))
  form.append('file', new Blob([new Uint8Array(png)]), `${shade}.png`)
  const request = new Request('http://localhost', { method: 'POST', body: form })
  const answer = await test.app.inject({
    method: 'POST',
    url: `/api/v1/projects/${projectId}/images`,
    headers: { ...owner, 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  })
  expect(answer.statusCode, answer.body).toBe(201)
}

const runs = async () =>
  (await api('GET', `/projects/${projectId}/runs`)).json().items as { id: string; state: string }[]

describe('training schedule', () => {
  it('does not train before the interval has passed, then trains once, and not again while nothing changes', async () => {
    const path = `/projects/${projectId}/algorithm`
    await api('PUT', path, { trainingInterval: 60, minimumNewAnnotations: 2 })
    await startDueRuns(test.context)
    expect(await runs()).toHaveLength(0)
    const hoursAgo = new Date(Date.now() - 2 * 3_600_000)
    await test.context.db.updateTable('projects').set({ created_at: hoursAgo }).execute()
    await startDueRuns(test.context)
    await startDueRuns(test.context)
    expect((await runs()).map((run) => run.state)).toEqual(['pending'])
  })

  it('takes one run at a time and lets a person cancel it', async () => {
    const again = await api('POST', `/projects/${projectId}/runs`)
    expect(again.json().code).toBe('RUN_ALREADY_ACTIVE')
    const [open] = await runs()
    const cancelled = await api('DELETE', `/runs/${open?.id}`)
    expect(cancelled.json().state).toBe('cancelled')
    expect((await api('POST', `/projects/${projectId}/runs`)).statusCode).toBe(201)
  })

  it('hides runs from strangers', async () => {
    const stranger = await signUp(test.app, 'stranger')
    const [run] = await runs()
    const answer = await test.app.inject({ method: 'GET', url: `/api/v1/runs/${run?.id}`, headers: stranger })
    expect(answer.statusCode).toBe(404)
  })
})
