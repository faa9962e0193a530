/**
 * Answers on their way to the server. One request per image at a time, the newest answer wins, nothing is dropped:
 * what failed stays here, visible, until it is saved or given up by a person.
 */

export interface Save<Body> {
  imageId: string
  body: Body
  etag: string | null
  /** Tags of the labels that this answer replaces. */
  over: ReadonlySet<string | null>
  status: 'waiting' | 'sending' | 'failed' | 'conflict'
  error: unknown
}

export type Put<Body> = (imageId: string, body: Body, etag: string | null) => Promise<string | null>

interface Rules {
  isConflict: (error: unknown) => boolean
  isTransient: (error: unknown) => boolean
  wait: (attempt: number) => Promise<void>
}

const ATTEMPTS = 4

export class SaveQueue<Body> {
  #put: Put<Body>
  #rules: Rules
  #saves = new Map<string, Save<Body>>()
  #saved = new Map<string, Pick<Save<Body>, 'etag' | 'over'>>()
  #snapshot: readonly Save<Body>[] = []
  #listeners = new Set<() => void>()

  constructor(put: Put<Body>, rules: Rules) {
    this.#put = put
    this.#rules = rules
  }

  getSaves = (): readonly Save<Body>[] => this.#snapshot
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** `etag`: of the label the person saw; where a save made here has replaced that label, its own counts as seen. */
  submit(imageId: string, body: Body, etag: string | null): void {
    const known = this.#saves.get(imageId)
    const saved = this.#saved.get(imageId)
    const seen = saved?.over.has(etag) ? saved.etag : etag
    const over = new Set([...(known?.over ?? []), etag, seen])
    const isSending = known?.status === 'sending'
    this.#saves.set(imageId, {
      imageId,
      body,
      etag: seen,
      over,
      status: isSending ? 'sending' : 'waiting',
      error: null,
    })
    this.#publish()
    if (!isSending) void this.#send(imageId)
  }

  /** Answers a conflict on top of `etag`: with the person's own answer, or with another. */
  overwrite(imageId: string, etag: string | null, body?: Body): void {
    const save = this.#saves.get(imageId)
    if (!save) return
    this.#saved.delete(imageId)
    this.submit(imageId, body ?? save.body, etag)
  }

  discard(imageId: string): void {
    this.#saves.delete(imageId)
    this.#saved.delete(imageId)
    this.#publish()
  }

  retryFailed(): void {
    for (const save of this.#saves.values()) if (save.status === 'failed') void this.#send(save.imageId)
  }

  async #send(imageId: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const save = this.#saves.get(imageId)
      if (!save) return
      this.#set({ ...save, status: 'sending', error: null })
      try {
        const etag = await this.#put(imageId, save.body, save.etag)
        const newest = this.#saves.get(imageId)
        this.#saved.set(imageId, { etag, over: newest?.over ?? save.over })
        if (!newest || newest.body === save.body) {
          this.#saves.delete(imageId)
          this.#publish()
          return
        }
        this.#set({ ...newest, etag })
        attempt = 0
      } catch (error) {
        const newest = this.#saves.get(imageId) ?? save
        const isConflict = this.#rules.isConflict(error)
        if (isConflict || !this.#rules.isTransient(error) || attempt >= ATTEMPTS) {
          this.#set({ ...newest, status: isConflict ? 'conflict' : 'failed', error })
          return
        }
        await this.#rules.wait(attempt)
      }
    }
  }

  #set(save: Save<Body>): void {
    this.#saves.set(save.imageId, save)
    this.#publish()
  }

  #publish(): void {
    this.#snapshot = [...this.#saves.values()]
    for (const listener of this.#listeners) listener()
  }
}
