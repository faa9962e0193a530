import type { ProjectId, Run, ServerEvent } from '@vesalius/contracts'
import pg from 'pg'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { openDatabase } from './db/database.ts'
import { openEventRelay, writeLetter } from './event-relay.ts'
import { EventBus } from './events.ts'

const projectId = '0190a000-0000-7000-8000-000000000001' as ProjectId
const event: ServerEvent = { kind: 'project', projectId }
const server = process.env.VESALIUS_TEST_DATABASE_URL

it('events that are too long for a notification are shortened, never dropped', () => {
  const curve = Array.from({ length: 500 }, (_, epoch) => ({ epoch, trainLoss: 0.123456789 }))
  const run = { id: projectId, curve } as unknown as Run
  expect(JSON.parse(writeLetter('a', projectId, { kind: 'run', run })).event.run).toEqual({ id: projectId, curve: [] })
  const wide = { kind: 'run', run: { ...run, curve: [], error: 'x'.repeat(9000) } } as unknown as ServerEvent
  expect(JSON.parse(writeLetter('a', projectId, wide)).event).toEqual(event)
})

describe.skipIf(!server)('two processes on one PostgreSQL server', () => {
  const open = async () => {
    const database = await openDatabase({ url: server ?? '', directory: '' })
    const events = new EventBus()
    const heard: ServerEvent[] = []
    events.subscribe((_, found) => heard.push(found))
    const log = pino({ level: 'silent' })
    const relay = await openEventRelay({ db: database.db, events, log }, server ?? '')
    return { database, events, heard, relay }
  }

  it('hear of each other, each event once, and of a gap after a lost connection', async () => {
    const [one, two] = [await open(), await open()]
    one.events.publish(projectId, event)
    await expect.poll(() => two.heard).toEqual([event])
    expect(one.heard).toEqual([event])

    let gaps = 0
    two.events.onGap(() => {
      gaps += 1
    })
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity 
        WHERE datname = current_database() AND query LIKE 'LISTEN vesalius_events%'`,
    )
    await client.end()
    await expect.poll(() => gaps).toBe(1)
    one.events.publish(projectId, event)
    await expect.poll(() => two.heard.length).toBe(2)
    for (const { relay, database } of [one, two]) {
      await relay.stop()
      await database.close()
    }
  })
})
