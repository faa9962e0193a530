/** Something opened under a key that must be closed again. */
export interface Opened {
  dispose(): Promise<void>
}

/** Keeps the last few opened things; the one unused for longest is closed to make room. */
export class LastUsedCache<Value extends Opened> {
  readonly #limit: number
  readonly #open: (key: string) => Promise<Value>
  readonly #entries = new Map<string, Value>()

  constructor(limit: number, open: (key: string) => Promise<Value>) {
    this.#limit = limit
    this.#open = open
  }

  async get(key: string): Promise<Value> {
    const known = this.#entries.get(key)
    const value = known ?? (await this.#open(key))
    this.#entries.delete(key)
    this.#entries.set(key, value)
    for (const [oldest, unused] of this.#entries) {
      if (this.#entries.size <= this.#limit) break
      this.#entries.delete(oldest)
      await unused.dispose()
    }
    return value
  }
}
