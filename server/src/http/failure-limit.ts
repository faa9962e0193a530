import { AppError } from '@vesalius/contracts'

/** Slows guessing down: after `limit` failures under one key the key waits until `windowMs` have passed. */
export class FailureLimit {
  readonly #limit: number
  readonly #windowMs: number
  readonly #entries = new Map<string, { failures: number; since: number }>()

  constructor(limit: number, windowMs: number) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  /** Throws TOO_MANY_REQUESTS while the key must wait. */
  check(key: string, now = Date.now()): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    if (now - entry.since > this.#windowMs) this.#entries.delete(key)
    else if (entry.failures >= this.#limit) {
      throw new AppError('TOO_MANY_REQUESTS', 'Too many failed tries. Wait some minutes, then try again.')
    }
  }

  fail(key: string, now = Date.now()): void {
    const entry = this.#entries.get(key)
    if (entry) entry.failures += 1
    else this.#entries.set(key, { failures: 1, since: now })
    const oldest = this.#entries.keys().next().value
    if (this.#entries.size > 10_000 && oldest !== undefined) this.#entries.delete(oldest)
  }

  clear(key: string): void {
    this.#entries.delete(key)
  }
}
