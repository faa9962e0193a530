import { createHash } from 'node:crypto'
import { AppError } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** How many attempts one key has, and for how long they count after the first. */
export interface AttemptBounds {
  limit: number
  windowMs: number
}

/**
 * Slows guessing down: under one key `limit` attempts are let through until `windowMs` after the first. Counted in the
 * database, so it holds for all processes together; an attempt is counted before it is made, so that attempts at the same
 * time are not let through together. Of keys only a SHA-256 is kept.
 */
export class AttemptLimit {
  readonly #db: Db
  readonly #name: string
  readonly #bounds: AttemptBounds

  constructor(db: Db, name: string, bounds: AttemptBounds) {
    this.#db = db
    this.#name = name
    this.#bounds = bounds
  }

  /** Counts an attempt. Throws TOO_MANY_REQUESTS where there were enough. */
  async take(key: string, now = new Date()): Promise<void> {
    const ends = new Date(now.getTime() + this.#bounds.windowMs)
    const isOver = sql<boolean>`attempts.ends_at <= ${now}`
    const { count } = await this.#db
      .insertInto('attempts')
      .values({ key: this.#hash(key), count: 1, ends_at: ends })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          count: sql<number>`CASE WHEN ${isOver} THEN 1 ELSE attempts.count + 1 END`,
          ends_at: sql<Date>`CASE WHEN ${isOver} THEN excluded.ends_at ELSE attempts.ends_at END`,
        }),
      )
      .returning('count')
      .executeTakeFirstOrThrow()
    if (count > this.#bounds.limit) {
      throw new AppError('TOO_MANY_REQUESTS', 'Too many tries. Wait some minutes, then try again.')
    }
    if (count === 1) await this.#db.deleteFrom('attempts').where('ends_at', '<=', now).execute()
  }

  /** Takes an attempt back that was no guess. */
  async giveBack(key: string): Promise<void> {
    await this.#db
      .updateTable('attempts')
      .set({ count: sql<number>`greatest(count - 1, 0)` })
      .where('key', '=', this.#hash(key))
      .execute()
  }

  /** Forgets all attempts of a key that proved to be who it says. */
  async clear(key: string): Promise<void> {
    await this.#db.deleteFrom('attempts').where('key', '=', this.#hash(key)).execute()
  }

  #hash(key: string): string {
    return createHash('sha256').update(`${this.#name}\0${key}`).digest('hex')
  }
}
