import { createHash, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { ConfigError } from '../config.ts'
import type { SideDatabase } from './side-database.ts'

/**
 * Which processes serve this installation. Each says every {@link BEAT_MS} that it is alive; who is silent for
 * {@link SILENT_SECONDS} counts as gone, and what it left is taken up by others. Processes that would not understand each
 * other, because they have other secrets or keep files elsewhere, refuse to start beside each other.
 */

const BEAT_MS = 5_000
export const SILENT_SECONDS = 40
const FORGOTTEN_DAYS = 1

export interface ProcessFacts {
  role: 'all' | 'api' | 'worker'
  kinds: readonly string[]
  version: string
  secret: string
  /** Where files are, as a text that is equal for processes that see the same ones. */
  storage: string
}

export interface ProcessRegistry {
  readonly id: string
  /** Ids of processes that are alive, this one among them. */
  alive(): Promise<Set<string>>
  stop(): Promise<void>
}

/** Enters this process. Throws ConfigError when it disagrees with one that is alive. */
export async function enterProcess(side: SideDatabase, facts: ProcessFacts): Promise<ProcessRegistry> {
  const id = randomUUID()
  const agreement = digestOf(facts)
  const values = [id, facts.role, facts.kinds.join(','), hostname(), process.pid, facts.version, agreement]
  await side.query(
    `INSERT INTO processes (id, role, kinds, host, pid, version, agreement) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values,
  )
  const others = await side.query<{ agreement: string; host: string; pid: number }>(
    `SELECT agreement, host, pid FROM processes WHERE id <> $1 AND ${IS_ALIVE}`,
    [id],
  )
  const forget = () => side.query(`DELETE FROM processes WHERE id = $1`, [id])
  const stranger = others.find((other) => other.agreement !== agreement)
  if (stranger) {
    await forget()
    throw new ConfigError(disagreement(stranger, agreement))
  }
  await side.query(`DELETE FROM processes WHERE seen_at < now() - interval '${FORGOTTEN_DAYS} days'`)
  const timer = setInterval(() => {
    // Where the database cannot be reached nobody else reads it either; the next beat says it again.
    side
      .query(
        `INSERT INTO processes (id, role, kinds, host, pid, version, agreement) VALUES ($1, $2, $3, $4, $5, $6, $7)
          ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
        values,
      )
      .catch(() => {})
  }, BEAT_MS)
  return {
    id,
    alive: async () => {
      const rows = await side.query<{ id: string }>(`SELECT id FROM processes WHERE ${IS_ALIVE}`)
      return new Set([id, ...rows.map((row) => row.id)])
    },
    stop: async () => {
      clearInterval(timer)
      await forget().catch(() => {})
    },
  }
}

const IS_ALIVE = `seen_at > now() - interval '${SILENT_SECONDS} seconds'`

/** The embedded database belongs to one process. */
export function loneProcess(): ProcessRegistry {
  const id = randomUUID()
  return { id, alive: async () => new Set([id]), stop: async () => {} }
}

const SHOWN = 12

function digestOf({ secret, storage }: ProcessFacts): string {
  const short = (text: string) => createHash('sha256').update(`agreement\0${text}`).digest('hex').slice(0, SHOWN)
  return `secret ${short(secret)}, files ${short(storage)}`
}

function disagreement(other: { agreement: string; host: string; pid: number }, own: string): string {
  const isSecret = other.agreement.slice(0, 7 + SHOWN) !== own.slice(0, 7 + SHOWN)
  const what = isSecret
    ? 'has another VESALIUS_SECRET. Give all processes the same one'
    : 'keeps files elsewhere. Give all processes the same VESALIUS_STORAGE_URL, or the same shared VESALIUS_DATA_DIR'
  return (
    `Process ${other.pid} on ${other.host} serves the same database and ${what}. To change it for all, stop them all ` +
    `and wait ${SILENT_SECONDS} seconds.`
  )
}
