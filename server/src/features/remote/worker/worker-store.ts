import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** The disk of this worker is too small for the job. */
export class StoreFullError extends Error {
  override name = 'StoreFullError'
}

/** A file arrived otherwise than it was said to be. */
export class DamagedFileError extends Error {
  override name = 'DamagedFileError'
}

/** Files of a worker on its own disk: pictures and models by the hash of their bytes, and a folder for each training. */
export interface WorkerStore {
  /**
   * A file by the SHA-256 of its bytes; `fetch` is asked where it is not there yet. Until `hold` is let go it stays.
   * Throws StoreFullError, DamagedFileError.
   */
  file(wanted: { sha256: string; extension: string }, fetch: () => Promise<Readable>, hold: Hold): Promise<string>
  runFolder(runId: string): Promise<string>
  forgetRun(runId: string): Promise<void>
}

/** What one job uses: nothing of it is removed to make room. */
export type Hold = Set<string>

const RUNS_KEPT_MS = 7 * 86_400_000

export async function openWorkerStore(
  folder: string,
  { maximumBytes, holds }: { maximumBytes: number; holds: Set<Hold> },
): Promise<WorkerStore> {
  const files = join(folder, 'files')
  const runs = join(folder, 'runs')
  const scratch = join(folder, 'scratch')
  await rm(scratch, { recursive: true, force: true })
  for (const path of [files, runs, scratch]) await mkdir(path, { recursive: true })
  await forgetOldRuns(runs)
  const underWay = new Map<string, Promise<string>>()

  const fetchTo = async (path: string, sha256: string, source: Readable): Promise<string> => {
    const temporary = join(scratch, randomUUID())
    const hash = createHash('sha256')
    let room = maximumBytes
    const look = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        room -= chunk.length
        hash.update(chunk)
        if (room < 0) done(new StoreFullError('one file is larger than all this worker may keep'))
        else done(null, chunk)
      },
    })
    try {
      await pipeline(source, look, createWriteStream(temporary, { flags: 'wx' }))
      if (hash.digest('hex') !== sha256) throw new DamagedFileError('a file arrived damaged')
      await rename(temporary, path)
      return path
    } finally {
      await rm(temporary, { force: true })
    }
  }

  return {
    async file({ sha256, extension }, fetch, hold) {
      const name = `${sha256}.${extension}`
      const path = join(files, name)
      hold.add(name)
      if (await touch(path)) return path
      const running = underWay.get(name)
      if (running) return running
      const fetching = fetch()
        .then((source) => fetchTo(path, sha256, source))
        .finally(() => underWay.delete(name))
      underWay.set(name, fetching)
      await fetching
      await makeRoom(files, maximumBytes, holds)
      return path
    },
    async runFolder(runId) {
      const path = join(runs, runId)
      await mkdir(join(path, 'labels'), { recursive: true })
      return path
    },
    forgetRun: (runId) => rm(join(runs, runId), { recursive: true, force: true }),
  }
}

/** Removes what was not used for longest and no job holds, until the rest fits. Throws StoreFullError. */
async function makeRoom(folder: string, maximumBytes: number, holds: ReadonlySet<Hold>): Promise<void> {
  const found = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name)).catch(() => ({ size: 0, mtimeMs: 0 }))
      return { name, size, mtimeMs }
    }),
  )
  let total = found.reduce((sum, { size }) => sum + size, 0)
  const isHeld = (name: string) => [...holds].some((hold) => hold.has(name))
  for (const { name, size } of found.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (total <= maximumBytes) return
    if (isHeld(name)) continue
    await rm(join(folder, name), { force: true })
    total -= size
  }
  if (total > maximumBytes) throw new StoreFullError('the pictures of this job are more than this worker may keep')
}

async function forgetOldRuns(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > RUNS_KEPT_MS) await rm(path, { recursive: true, force: true })
  }
}

async function touch(path: string): Promise<boolean> {
  const now = new Date()
  return utimes(path, now, now).then(
    () => true,
    () => false,
  )
}
