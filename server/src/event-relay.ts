import { randomUUID } from 'node:crypto'
import { ProjectId, ServerEvent, UserId } from '@vesalius/contracts'
import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import pg from 'pg'
import { z } from 'zod'
import type { Db } from './db/database.ts'
import type { Audience, EventBus } from './events.ts'

/**
 * Carries events between the processes on one PostgreSQL server, by LISTEN and NOTIFY. A listener that lost its
 * connection cannot know what it missed: it reports a gap when it is back, and pages ask afresh.
 */

const CHANNEL = 'vesalius_events'
/** PostgreSQL takes payloads below 8000 bytes. */
const MOST_BYTES = 7900
const RECONNECT_MS = 1000

/** People in one letter: their ids fit beside the events that people are sent. */
const MOST_PEOPLE = 100

const Letter = z.object({ from: z.string(), to: z.union([ProjectId, z.array(UserId)]), event: ServerEvent })

export interface EventRelay {
  stop(): Promise<void>
}

export async function openEventRelay(
  { db, events, log }: { db: Db; events: EventBus; log: FastifyBaseLogger },
  connectionString: string,
): Promise<EventRelay> {
  const from = randomUUID()
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const connect = async () => {
    const next = new pg.Client({ connectionString, keepAlive: true })
    next.on('notification', ({ payload }) => receive(payload))
    next.on('error', () => {})
    next.on('end', () => {
      if (client === next) reconnect()
    })
    await next.connect()
    await next.query(`LISTEN ${CHANNEL}`)
    client = next
  }
  const reconnect = () => {
    client = null
    if (isStopped) return
    timer = setTimeout(() => {
      connect().then(
        () => events.reportGap(),
        () => reconnect(),
      )
    }, RECONNECT_MS)
  }
  const receive = (payload: string | undefined) => {
    const letter = Letter.safeParse(parseJson(payload ?? ''))
    if (letter.success && letter.data.from !== from) events.deliver(letter.data.to, letter.data.event)
  }

  await connect()
  events.forwardTo((to, event) => {
    for (const payload of writeLetters(from, to, event)) {
      sql`SELECT pg_notify(${CHANNEL}, ${payload})`
        .execute(db)
        .catch((error: unknown) => log.warn({ err: error }, 'other processes were not told of an event'))
    }
  })
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      events.forwardTo(() => {})
      await client?.end()
    },
  }
}

function writeLetters(from: string, to: Audience, event: ServerEvent): string[] {
  if (typeof to === 'string') return [writeLetter(from, to, event)]
  const parts = Array.from({ length: Math.ceil(to.length / MOST_PEOPLE) }, (_, part) =>
    to.slice(part * MOST_PEOPLE, (part + 1) * MOST_PEOPLE),
  )
  return parts.map((people) => JSON.stringify({ from, to: people, event }))
}

/** What is too long goes without what pages know to keep, or as the advice to look at the project again. */
export function writeLetter(from: string, projectId: ProjectId, event: ServerEvent): string {
  const whole = JSON.stringify({ from, to: projectId, event })
  if (Buffer.byteLength(whole) <= MOST_BYTES) return whole
  if (event.kind === 'run' && event.run.curve.length > 0) {
    return writeLetter(from, projectId, { kind: 'run', run: { ...event.run, curve: [] } })
  }
  return JSON.stringify({ from, to: projectId, event: { kind: 'project', projectId } satisfies ServerEvent })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
