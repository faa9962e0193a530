import type { Algorithm, AlgorithmVersion } from '@vesalius/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, signUp, type TestApp } from '../../testing/test-app.ts'
import { isTrainingTime, quietUntil } from './training-times.ts'

let test: TestApp
let owner: { cookie: string }
let path: string
beforeAll(async () => {
  test = await openTestApp()
  owner = await signUp(test.app, 'owner')
  const payload = { name: 'Discs', taskType: 1001, classes: ['dark', 'bright'] }
  path = `/projects/${(await api('POST', '/projects', payload)).json().id}/algorithm`
})
afterAll(() => test.close())

const api = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, headers = owner) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const versions = async (): Promise<AlgorithmVersion[]> => (await api('GET', `${path}/versions`)).json().items

describe('settings of a project', () => {
  it('keep every version: who changed what, from what, to what', async () => {
    expect(await versions()).toEqual([])
    const first = (await api('GET', path)).json() as Algorithm
    await api('PUT', path, { ...first, budgetMinutes: 7, gate: { ...first.gate, confidence: 0.9 } })
    await api('PUT', path, { ...first, budgetMinutes: 7, gate: { ...first.gate, confidence: 0.9 } })
    const [newest, original, ...rest] = await versions()
    expect(rest).toEqual([])
    expect(newest).toMatchObject({
      ...{ version: 1, authorName: 'owner', restoredFrom: null },
      changes: [
        { field: 'budgetMinutes', from: 5, to: 7 },
        { field: 'gate.confidence', from: 0.95, to: 0.9 },
      ],
    })
    expect(original).toMatchObject({ version: 0, authorName: null, algorithm: first })
  })

  it('begin with the choice of the next image that suits the task', async () => {
    const marks = await api('POST', '/projects', { name: 'Cells', taskType: 3004, classes: ['cell'] })
    const orderOf = async (of: string) => ((await api('GET', of)).json() as Algorithm).queueOrder
    expect(await orderOf(`/projects/${marks.json().id}/algorithm`)).toBe('mixed')
    expect(await orderOf(path)).toBe('disagreement')
  })

  it('go back to an earlier version, which becomes the newest', async () => {
    const answer = await api('POST', `${path}/versions/0/restore`)
    expect(answer.json().budgetMinutes).toBe(5)
    expect((await versions())[0]).toMatchObject({ version: 2, restoredFrom: 0 })
    expect((await api('GET', path)).json().budgetMinutes).toBe(5)
    expect((await api('POST', `${path}/versions/99/restore`)).statusCode).toBe(404)
  })

  it.each([
    { trainingCron: { expression: 'every day', timeZone: 'UTC' } },
    { trainingCron: { expression: '61 * * * *', timeZone: 'UTC' } },
    { trainingCron: { expression: '* * * * * *', timeZone: 'UTC' } },
    { trainingCron: { expression: '0 3 * * *', timeZone: 'Europe/Atlantis' } },
    { quietHours: { from: '25:00', to: '06:00', timeZone: 'UTC' } },
    { quietHours: { from: '06:00', to: '06:00', timeZone: 'UTC' } },
    { memoryLimitMb: 1 },
    { gate: { confidence: 2 } },
    { queueOrder: 'magic' },
    { strategy: 'remote' },
  ])('are refused where they make no sense: %j', async (change) => {
    const answer = await api('PUT', path, change)
    expect(answer.json().code).toBe('VALIDATION_FAILED')
  })

  it('are hidden from strangers', async () => {
    const stranger = await signUp(test.app, 'stranger')
    expect((await api('GET', `${path}/versions`, undefined, stranger)).statusCode).toBe(404)
    expect((await api('POST', `${path}/versions/0/restore`, undefined, stranger)).statusCode).toBe(404)
  })
})

describe('times', () => {
  it('count an interval from the last training', () => {
    const since = new Date('2026-03-01T12:00:00Z')
    const every = { trainingCron: null, trainingInterval: 15 }
    expect(isTrainingTime(every, since, new Date('2026-03-01T12:14:59Z'))).toBe(false)
    expect(isTrainingTime(every, since, new Date('2026-03-01T12:15:00Z'))).toBe(true)
    expect(isTrainingTime({ ...every, trainingInterval: null }, since, new Date('2027-03-01T12:15:00Z'))).toBe(false)
  })

  it('know quiet hours over midnight, in their own time zone', () => {
    const night = { from: '22:00', to: '06:30', timeZone: 'Asia/Shanghai' }
    expect(quietUntil(night, new Date('2026-03-01T13:59:00Z'))).toBeNull()
    expect(quietUntil(night, new Date('2026-03-01T14:00:20Z'))?.toISOString()).toBe('2026-03-01T22:30:00.000Z')
    expect(quietUntil(night, new Date('2026-03-01T22:29:00Z'))?.toISOString()).toBe('2026-03-01T22:30:00.000Z')
    expect(quietUntil(night, new Date('2026-03-01T22:30:00Z'))).toBeNull()
    expect(quietUntil(null, new Date())).toBeNull()
  })
})
