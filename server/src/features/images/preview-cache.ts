import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

const MAXIMUM_BYTES = 2 * 1024 ** 3
const ABANDONED_MS = 3600_000

/**
 * Files made once and kept while there is room; the least recently used goes first. Losing it costs time only, so
 * nothing is forced to the disk. A name appears only when its file is whole.
 */
export class PreviewCache {
  readonly #folder: string
  readonly #maximumBytes: number
  readonly #underWay = new Map<string, Promise<string>>()
  #sizes: Promise<Map<string, number>> | null = null
  #total = 0

  constructor(folder: string, maximumBytes = MAXIMUM_BYTES) {
    this.#folder = folder
    this.#maximumBytes = maximumBytes
  }

  /** The path of a file of this name; `make` writes it when there is none. Asked twice at once it is made once. */
  get(name: string, make: (target: string) => Promise<void>): Promise<string> {
    const running = this.#underWay.get(name)
    if (running) return running
    const result = this.#find(name, make).finally(() => this.#underWay.delete(name))
    this.#underWay.set(name, result)
    return result
  }

  /** Removes every file whose name begins like this. */
  async forget(beginning: string): Promise<void> {
    this.#sizes ??= this.#readFolder()
    const sizes = await this.#sizes
    for (const name of [...sizes.keys()].filter((known) => known.startsWith(beginning))) {
      this.#forget(sizes, name)
      await rm(join(this.#folder, name), { force: true })
    }
  }

  async #find(name: string, make: (target: string) => Promise<void>): Promise<string> {
    this.#sizes ??= this.#readFolder()
    const sizes = await this.#sizes
    const path = join(this.#folder, name)
    const size = sizes.get(name)
    if (size !== undefined && (await touch(path))) {
      sizes.delete(name)
      sizes.set(name, size)
      return path
    }
    const temporary = join(this.#folder, `${randomUUID()}.part`)
    try {
      await make(temporary)
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    this.#forget(sizes, name)
    const made = (await stat(path)).size
    sizes.set(name, made)
    this.#total += made
    await this.#evict(sizes, name)
    return path
  }

  async #evict(sizes: Map<string, number>, keep: string): Promise<void> {
    for (const name of sizes.keys()) {
      if (this.#total <= this.#maximumBytes) return
      if (name === keep || this.#underWay.has(name)) continue
      this.#forget(sizes, name)
      await rm(join(this.#folder, name), { force: true })
    }
  }

  #forget(sizes: Map<string, number>, name: string): void {
    this.#total -= sizes.get(name) ?? 0
    sizes.delete(name)
  }

  /** What an earlier process left, the least recently used first. */
  async #readFolder(): Promise<Map<string, number>> {
    await mkdir(this.#folder, { recursive: true })
    const found: { name: string; size: number; usedAt: number }[] = []
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name)
      const facts = await stat(path).catch(() => null)
      if (!facts) continue
      const { size, mtimeMs } = facts
      if (name.endsWith('.part')) {
        // A young one may be under way in another process.
        if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { force: true })
      } else {
        found.push({ name, size, usedAt: mtimeMs })
        this.#total += size
      }
    }
    return new Map(found.sort((a, b) => a.usedAt - b.usedAt).map(({ name, size }) => [name, size]))
  }
}

/** Marks a file as used now; false when someone removed it. */
async function touch(path: string): Promise<boolean> {
  const now = new Date()
  return utimes(path, now, now).then(
    () => true,
    () => false,
  )
}
