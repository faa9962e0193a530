import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, ConfigError, readConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import { openDatabase } from '../../db/database.ts'
import { DataFolderBusyError } from '../../db/lock.ts'
import { migrate } from '../../db/migrate.ts'
import { loneProcess } from '../../processes/process-registry.ts'
import { openStorage } from '../../storage/open-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import { deriveSecret, loadSecret } from '../accounts/secret.ts'
import { listBackups, makeBackup, pruneBackups } from './backup.ts'
import { BackupError } from './manifest.ts'
import { restoreBackup } from './restore.ts'

export const BACKUP_HELP = `vesalius backup --to DIR [--keep N] [--json]
vesalius restore --from DIR [--backup NAME] [--json]
A backup holds every row, as of one moment, and every file. The second into the same folder writes only what is new.
On a database server the program may run meanwhile; with the embedded database it must be stopped.
A restore fills an empty database and an empty storage, and compares every row and file with what the backup says.
VESALIUS_SECRET is not in the backup: keep it elsewhere. Without it people sign in again and set up second factors anew.
--keep N   removes all but the newest N backups, and files that only they held
Exit status: 0 done, 2 it could not be done.`

const flag = { type: 'boolean', default: false } as const

export async function runBackupCommand(
  command: 'backup' | 'restore',
  args: string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
  write: (text: string) => void = (text) => process.stdout.write(text),
): Promise<number> {
  try {
    const options = {
      to: { type: 'string' },
      from: { type: 'string' },
      backup: { type: 'string' },
      keep: { type: 'string' },
    } as const
    const { values } = parseArgs({ args, options: { ...options, json: flag, help: flag } })
    const place = command === 'backup' ? values.to : values.from
    if (values.help || !place) {
      write(`${BACKUP_HELP}\n`)
      return values.help ? 0 : 2
    }
    const directory = resolve(place)
    const keep = values.keep === undefined ? null : Number(values.keep)
    if (keep !== null && !(Number.isInteger(keep) && keep > 0))
      throw new BackupError('--keep takes a number from 1 on.')
    const answer = await withParts(readConfig(environment), command, async (parts) => {
      if (command === 'restore') {
        const name = values.backup ?? (await listBackups(directory)).at(-1)
        if (!name) throw new BackupError(`There is no finished backup in ${directory}.`)
        return { restored: await restoreBackup(parts, directory, name) }
      }
      await mkdir(directory, { recursive: true })
      const made = await makeBackup(parts, directory)
      return { made, pruned: keep === null ? 0 : await pruneBackups(directory, keep) }
    })
    write(values.json ? `${JSON.stringify(answer, null, 2)}\n` : describe(answer))
    return 0
  } catch (error) {
    const isKnown = [ConfigError, DataFolderBusyError, BackupError].some((kind) => error instanceof kind)
    const isUsage = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
    if (!isKnown && !isUsage) throw error
    process.stderr.write(`${(error as Error).message}\n`)
    return 2
  }
}

interface Answer {
  made?: Awaited<ReturnType<typeof makeBackup>>
  pruned?: number
  restored?: Awaited<ReturnType<typeof restoreBackup>>
}

function describe({ made, pruned, restored }: Answer): string {
  if (made) {
    const pruning = pruned ? `, ${pruned} files of older ones removed` : ''
    return `Backup ${made.name}: ${made.rows} rows, ${made.blobs} files, ${made.newBlobs} of them new (${made.newBytes} bytes)${pruning}.\n`
  }
  if (!restored) return ''
  const secret = restored.isSameSecret
    ? ''
    : 'VESALIUS_SECRET is another one: people sign in again and set up second factors anew.\n'
  const gone = restored.imagesGone > 0 ? `${restored.imagesGone} images were removed for good while it was made.\n` : ''
  return `Restored ${restored.name}: ${restored.rows} rows and ${restored.blobs} files, all equal to the backup.\n${gone}${secret}`
}

type Parts = Pick<Context, 'db' | 'version'> & { storage: Storage; secretDigest: string }

async function withParts<Result>(
  config: Config,
  command: 'backup' | 'restore',
  use: (parts: Parts) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase({ url: config.databaseUrl, directory: config.dataDirectory })
  try {
    if (command === 'backup') await migrate(database.db)
    const secret = loadSecret(config.secret, config.dataDirectory)
    // Of processes on a server nothing is asked here: their table may not be there yet.
    const storage = await openStorage({
      dataDirectory: config.dataDirectory,
      settings: config.storage,
      side: null,
      processes: loneProcess(),
      keepsScratch: database.kind === 'server',
    })
    const file = new URL('../../../../package.json', import.meta.url)
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string }
    return await use({ db: database.db, storage, version, secretDigest: secretDigestOf(secret) })
  } finally {
    await database.close()
  }
}

export const secretDigestOf = (secret: string) =>
  createHash('sha256').update(deriveSecret(secret, 'backup')).digest('hex')
