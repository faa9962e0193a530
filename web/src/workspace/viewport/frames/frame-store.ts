import type { Image } from '@vesalius/contracts'
import type { LoadedFrame } from './loaded-frame.ts'

type Load = (image: Image, frame: number, signal: AbortSignal) => Promise<LoadedFrame>

interface Entry {
  promise: Promise<LoadedFrame>
  /** Null until it is loaded. */
  loaded: LoadedFrame | null
  abort: AbortController
}

/** Frames fetched ahead of the one shown, in the direction of reading. */
export const FRAMES_AHEAD = 4
const MOST_BYTES = 512 * 1024 ** 2

/**
 * Frames that were or will soon be looked at, so that going on never waits. The least recently wanted are given up once
 * they are too many bytes together; what is shown stays.
 */
export class FrameStore {
  readonly #load: Load
  readonly #mostBytes: number
  readonly #entries = new Map<string, Entry>()
  readonly #kept = new Map<object, { imageId: string; frame: number }>()
  readonly #listeners = new Set<() => void>()
  #expected: ReadonlySet<string> = new Set()

  constructor(load: Load, mostBytes = MOST_BYTES) {
    this.#load = load
    this.#mostBytes = mostBytes
  }

  /** The frame where it is in memory. */
  peek(imageId: string, frame: number): LoadedFrame | null {
    return this.#entries.get(keyOf(imageId, frame))?.loaded ?? null
  }

  /** The frame, fetched where it is not in memory. A failure is forgotten, so that asking again tries again. */
  get(image: Image, frame: number): Promise<LoadedFrame> {
    const key = keyOf(image.id, frame)
    const known = this.#entries.get(key)
    if (known) {
      this.#entries.delete(key)
      this.#entries.set(key, known)
      return known.promise
    }
    const abort = new AbortController()
    const promise = this.#load(image, frame, abort.signal)
    const entry: Entry = { promise, loaded: null, abort }
    this.#entries.set(key, entry)
    promise.then(
      (loaded) => {
        if (this.#entries.get(key) !== entry) return loaded.close()
        entry.loaded = loaded
        this.#trim()
        for (const listener of this.#listeners) listener()
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key)
      },
    )
    return promise
  }

  /** Hears of every frame that has come. */
  onLoaded(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** First frames of the images that come next, as far as they are in memory. */
  upcoming(): LoadedFrame[] {
    return [...this.#expected].flatMap((imageId) => this.peek(imageId, 0) ?? [])
  }

  /** Images that come next: fetching their frames goes on whatever is shown. */
  expect(imageIds: readonly string[]): void {
    this.#expected = new Set(imageIds)
  }

  /** Names what a pane shows; what is on its way and neither expected nor among the frames right after it is given up. */
  keep(pane: object, imageId: string, frame: number): void {
    this.#kept.set(pane, { imageId, frame })
    for (const [key, entry] of this.#entries) {
      const [image = '', number] = key.split(' ')
      if (entry.loaded || this.#isNear(image, Number(number)) || this.#expected.has(image)) continue
      this.#entries.delete(key)
      entry.abort.abort()
    }
  }

  /** A pane that shows nothing any more. */
  leave(pane: object): void {
    this.#kept.delete(pane)
  }

  #isNear(imageId: string, frame: number): boolean {
    return [...this.#kept.values()].some(
      (shown) => shown.imageId === imageId && frame >= shown.frame && frame <= shown.frame + FRAMES_AHEAD,
    )
  }

  close(): void {
    for (const { loaded, abort } of this.#entries.values()) {
      abort.abort()
      loaded?.close()
    }
    this.#entries.clear()
  }

  #trim(): void {
    const shown = new Set([...this.#kept.values()].map(({ imageId, frame }) => keyOf(imageId, frame)))
    let total = 0
    for (const { loaded } of this.#entries.values()) total += loaded?.byteSize ?? 0
    for (const [key, { loaded }] of this.#entries) {
      if (total <= this.#mostBytes) return
      if (!loaded || shown.has(key)) continue
      this.#entries.delete(key)
      total -= loaded.byteSize
      loaded.close()
    }
  }
}

const keyOf = (imageId: string, frame: number) => `${imageId} ${frame}`
