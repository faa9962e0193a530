import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from '../config.ts'
import { openDatabase } from '../db/database.ts'
import { PreviewCache } from '../features/images/preview-cache.ts'
import { openFolderStore } from './folder.ts'
import { migrateStorage } from './migrate-storage.ts'

export const STORAGE_HELP = `vesalius storage migrate [--json]
Copies every file of the data folder that is not in the bucket of VESALIUS_STORAGE_URL yet. The server runs meanwhile with
VESALIUS_STORAGE_MOVING=on: it writes to the bucket and reads from the folder what is not there yet. Call it again until it
moves nothing, then start without that setting. Nothing is removed from the folder.
Exit status: 0 all is there, 2 it could not be done.`

const flag = { type: 'boolean', default: false } as const

export async function runStorageCommand(
  args: string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
  write: (text: string) => void = (text) => process.stdout.write(text),
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: { json: flag, help: flag }, allowPositionals: true })
    if (values.help || positionals[0] !== 'migrate') {
      write(`${STORAGE_HELP}\n`)
      return values.help ? 0 : 2
    }
    const config = readConfig(environment)
    const { bucket, cacheBytes } = config.storage
    if (!bucket) throw new ConfigError('VESALIUS_STORAGE_URL says where files move to, and is missing.')
    if (!config.databaseUrl)
      throw new ConfigError('Files move to a bucket beside a database server: VESALIUS_DATABASE_URL.')
    const { openBucketStore } = await import('./bucket-store.ts')
    const target = openBucketStore(bucket, {
      cache: new PreviewCache(join(config.dataDirectory, 'cache', 'objects'), cacheBytes),
      workDirectory: join(config.dataDirectory, 'work'),
    })
    const scratchDirectory = join(config.dataDirectory, 'scratch', `moving-${process.pid}`)
    await mkdir(scratchDirectory, { recursive: true })
    const source = openFolderStore(config.dataDirectory, { scratchDirectory })
    const database = await openDatabase({ url: config.databaseUrl, directory: config.dataDirectory })
    try {
      const tell = values.json ? () => {} : (moved: object) => process.stderr.write(`\r${JSON.stringify(moved)}`)
      const moved = await migrateStorage(database.db, { source, target, scratchDirectory, tell })
      write(
        values.json ? `${JSON.stringify(moved)}\n` : `\n${moved.objects} files moved, ${moved.skipped} were there.\n`,
      )
      return 0
    } finally {
      await database.close()
      await rm(scratchDirectory, { recursive: true, force: true })
    }
  } catch (error) {
    const isUsage = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
    if (!(error instanceof ConfigError) && !isUsage) throw error
    process.stderr.write(`${(error as Error).message}\n`)
    return 2
  }
}
