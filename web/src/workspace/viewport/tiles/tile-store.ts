import type { LoadedFrame } from '../frames/loaded-frame.ts'
import { keyOfTile, type TileId } from './pyramid.ts'

type LoadTile = (tile: TileId, signal: AbortSignal) => Promise<LoadedFrame>

const AT_ONCE = 6
/** Tiles kept: some screens full of them, on several levels. */
const MOST_TILES = 200

/**
 * The tiles of one image that are in memory. What is wanted is fetched in its order, a few at a time; what is wanted no
 * more is given up on its way, and forgotten when there are many.
 */
export class TileStore {
  readonly #load: LoadTile
  readonly #loaded = new Map<string, LoadedFrame>()
  readonly #loading = new Map<string, AbortController>()
  readonly #failed = new Set<string>()
  readonly #listeners = new Set<() => void>()
  #wanted: readonly TileId[] = []
  #version = 0

  constructor(load: LoadTile) {
    this.#load = load
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  /** Changes whenever a tile has come. */
  getVersion = (): number => this.#version

  get(tile: TileId): LoadedFrame | null {
    const key = keyOfTile(tile)
    const loaded = this.#loaded.get(key)
    if (!loaded) return null
    this.#loaded.delete(key)
    this.#loaded.set(key, loaded)
    return loaded
  }

  /** Tiles to have, the most urgent first. */
  want(tiles: readonly TileId[]): void {
    this.#wanted = tiles
    const keys = new Set(tiles.map(keyOfTile))
    for (const [key, abort] of this.#loading) {
      if (keys.has(key)) continue
      abort.abort()
      this.#loading.delete(key)
    }
    this.#fetchNext()
  }

  close(): void {
    for (const abort of this.#loading.values()) abort.abort()
    for (const frame of this.#loaded.values()) frame.close()
    this.#loading.clear()
    this.#loaded.clear()
    this.#wanted = []
  }

  #fetchNext(): void {
    for (const tile of this.#wanted) {
      if (this.#loading.size >= AT_ONCE) return
      const key = keyOfTile(tile)
      if (this.#loaded.has(key) || this.#loading.has(key) || this.#failed.has(key)) continue
      void this.#fetch(key, tile)
    }
  }

  async #fetch(key: string, tile: TileId): Promise<void> {
    const abort = new AbortController()
    this.#loading.set(key, abort)
    try {
      const frame = await this.#load(tile, abort.signal)
      if (this.#loading.get(key) !== abort) return frame.close()
      this.#loaded.set(key, frame)
      this.#trim()
      this.#version += 1
      for (const listener of this.#listeners) listener()
    } catch {
      // A tile that cannot be had leaves the coarser one below it on the screen.
      if (!abort.signal.aborted) this.#failed.add(key)
    }
    if (this.#loading.get(key) === abort) this.#loading.delete(key)
    this.#fetchNext()
  }

  #trim(): void {
    const wanted = new Set(this.#wanted.map(keyOfTile))
    for (const [key, frame] of this.#loaded) {
      if (this.#loaded.size <= MOST_TILES) return
      if (wanted.has(key)) continue
      this.#loaded.delete(key)
      frame.close()
    }
  }
}
