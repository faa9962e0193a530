import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Two processes on one embedded database lose rows silently, so the folder is held by an exclusive SQLite lock for
 * the life of the process; the operating system lets go of it also after a kill.
 */
export class DataFolderLock {
  readonly #file: DatabaseSync

  private constructor(file: DatabaseSync) {
    this.#file = file
  }

  /** Throws DataFolderBusyError when another process holds the folder. */
  static acquire(directory: string): DataFolderLock {
    mkdirSync(directory, { recursive: true })
    const holder = join(directory, 'lock.json')
    const file = new DatabaseSync(join(directory, 'lock.sqlite'))
    try {
      file.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    } catch (cause) {
      file.close()
      throw new DataFolderBusyError(directory, describe(holder), { cause })
    }
    writeFileSync(holder, JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }))
    return new DataFolderLock(file)
  }

  release(): void {
    this.#file.close()
  }
}

export class DataFolderBusyError extends Error {
  override name = 'DataFolderBusyError'

  constructor(directory: string, holder: string, options?: ErrorOptions) {
    super(`The data folder ${directory} is in use by ${holder}. Stop that process, or set VESALIUS_DATA_DIR.`, options)
  }
}

function describe(holder: string): string {
  try {
    const { pid, host, since } = JSON.parse(readFileSync(holder, 'utf8')) as Record<string, string>
    return `process ${pid} on ${host}, since ${since}`
  } catch {
    return 'another process'
  }
}
