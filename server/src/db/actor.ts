import { AsyncLocalStorage } from 'node:async_hooks'
import type { UserId } from '@vesalius/contracts'

/** Who changes the database now, as the record of changes tells it. */
export interface Actor {
  id: UserId | null
  by: 'session' | 'token' | 'job' | 'visitor'
  /** The route or job. */
  via: string
  /** What they gave as their reason. */
  reason: string | null
}

const current = new AsyncLocalStorage<Actor>()

export const runAs = <Result>(actor: Actor, work: () => Result): Result => current.run(actor, work)

export const currentActor = (): Actor | null => current.getStore() ?? null
