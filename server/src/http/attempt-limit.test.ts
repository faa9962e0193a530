import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../testing/test-app.ts'
import { AttemptLimit } from './attempt-limit.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

const MINUTE = 60_000
const open = (limit = 3) => new AttemptLimit(test.context.db, 'sign-in', { limit, windowMs: 15 * MINUTE })
const refused = { code: 'TOO_MANY_REQUESTS' }

describe('a limit of attempts', () => {
  it('is one for all processes, and also when all come at once', async () => {
    const processes = [open(), open()]
    const tries = Array.from({ length: 20 }, (_, at) => processes[at % 2]?.take('a'))
    const results = await Promise.allSettled(tries)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    await expect(open().take('b')).resolves.toBeUndefined()
  })

  it('ends when its time has passed since the first attempt', async () => {
    const limit = open()
    const start = Date.now()
    const at = (minutes: number) => new Date(start + minutes * MINUTE)
    for (const minutes of [0, 5, 10]) await limit.take('late', at(minutes))
    await expect(limit.take('late', at(14))).rejects.toMatchObject(refused)
    await limit.take('late', at(16))
  })

  it('forgets who succeeds, and takes back what was no guess', async () => {
    const limit = open(1)
    await limit.take('c')
    await limit.giveBack('c')
    await limit.take('c')
    await expect(limit.take('c')).rejects.toMatchObject(refused)
    await limit.clear('c')
    await limit.take('c')
  })

  it('keeps neither names nor addresses, nor what is over', async () => {
    const limit = open()
    await limit.take('192.0.2.1 ann', new Date(Date.now() - 60 * MINUTE))
    await limit.take('192.0.2.2 eve')
    const rows = await test.context.db.selectFrom('attempts').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/ann|eve|192/)
    expect(rows.every(({ ends_at }) => ends_at > new Date())).toBe(true)
  })
})
