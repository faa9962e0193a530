import type { Db } from '@vesalius/server/database'
import { sql } from 'kysely'

/** What the data is: some chains of many replies, the rest in short threads of eight. */
export interface Shape {
  messages: number
  threads: number
  chains: number
  depth: number
}

const BATCH = 100_000

/** A million messages have a hundred thousand threads, and a fifth of the messages stand in chains of 10,000 replies. */
export function shapeOf(messages: number): Shape {
  const depth = Math.min(10_000, messages / 10)
  const chains = Math.max(1, Math.round((messages * 0.2) / depth))
  return { messages, depth, chains, threads: messages / 10 }
}

/** The id of message `place` (from 0) in thread `thread`: the numbers are in it, so that samples need no look-up. */
export const idOf = (thread: number, place: number): string =>
  `00000000-0000-7000-8000-${thread.toString(16).padStart(6, '0')}${place.toString(16).padStart(6, '0')}`

/** How many messages a thread has; the chains come first. */
export function sizeOf({ messages, chains, depth, threads }: Shape, thread: number): number {
  if (thread < chains) return depth
  const [rest, others] = [messages - chains * depth, threads - chains]
  const place = thread - chains
  return Math.floor(((place + 1) * rest) / others) - Math.floor((place * rest) / others)
}

/**
 * The same messages twice: as the module keeps them after each was posted as an answer to the one before, and as plain
 * rows that point at the message they answer.
 */
export async function fillThreads(db: Db, shape: Shape): Promise<void> {
  await sql`TRUNCATE thread_nodes, threads`.execute(db)
  await sql`DROP TABLE IF EXISTS plain_messages`.execute(db)
  await sql`CREATE TABLE plain_messages (id text PRIMARY KEY, parent_id text)`.execute(db)
  const batch: [number, number][] = []
  let waiting = 0
  const flush = async () => {
    const spec = JSON.stringify(batch)
    await sql`WITH spec AS (SELECT (row ->> 0)::integer AS thread, (row ->> 1)::integer AS size
        FROM jsonb_array_elements(${spec}::jsonb) AS row),
      nodes AS (SELECT thread, size, place FROM spec, generate_series(0, size - 1) AS place),
      named AS (SELECT thread, size, place, ${nameOf('thread', 'place')} AS id, ${nameOf('thread', '0')} AS root,
          CASE WHEN place > 0 THEN ${nameOf('thread', 'place - 1')} END AS previous,
          CASE WHEN place < size - 1 THEN ${nameOf('thread', 'place + 1')} END AS next FROM nodes),
      plain AS (INSERT INTO plain_messages SELECT id, previous FROM named),
      linked AS (INSERT INTO thread_nodes (id, parent_id, previous_id, next_id) SELECT id, root, previous, next FROM named)
      INSERT INTO threads (root_id, size, head_id, tail_id, active_at)
      SELECT root, size, root, id, now() FROM named WHERE place = size - 1`.execute(db)
    batch.length = 0
    waiting = 0
  }
  for (let thread = 0; thread < shape.threads; thread += 1) {
    const size = sizeOf(shape, thread)
    batch.push([thread, size])
    waiting += size
    if (waiting >= BATCH) await flush()
  }
  if (batch.length > 0) await flush()
  await sql`CREATE INDEX plain_messages_parent ON plain_messages (parent_id)`.execute(db)
  for (const table of ['thread_nodes', 'threads', 'plain_messages'])
    await sql.raw(`VACUUM ANALYZE ${table}`).execute(db)
}

const nameOf = (thread: string, place: string) =>
  sql.raw(`'00000000-0000-7000-8000-' || lpad(to_hex(${thread}), 6, '0') || lpad(to_hex(${place}), 6, '0')`)
