import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import { openDatabase } from '../../db/database.ts'
import { DataFolderBusyError, DataFolderLock } from '../../db/lock.ts'
import { migrate } from '../../db/migrate.ts'
import { loneProcess } from '../../processes/process-registry.ts'
import { openSideDatabase } from '../../processes/side-database.ts'
import { openStorage } from '../../storage/open-storage.ts'
import { type Examination, examine, FINDINGS, isHealthy } from './examine.ts'
import { type Mended, mend } from './mend.ts'
import { NotEmptyError, type Rebuilt, rebuild } from './rebuild.ts'

export const DOCTOR_HELP = `vesalius doctor [--json] [--hashes] [--mend] [--rebuild]
Compares every row with its picture and its label file, and every file with its row. The server must be stopped.
Exit status: 0 all is well, 1 something is not, 2 it could not be examined.
--hashes   also reads every picture and compares its hash
--mend     settles what a kill left, writes label files anew from their rows, moves files without a row to lost/
--rebuild  makes a new database from the user folders; an embedded one is kept beside it under another name`

interface Answer {
  healthy: boolean
  examination: Examination
  mended: Mended | null
  rebuilt: Rebuilt | null
}

const flag = { type: 'boolean', default: false } as const

export async function runDoctor(
  args: string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
  write: (text: string) => void = (text) => process.stdout.write(text),
): Promise<number> {
  try {
    const { values } = parseArgs({ args, options: { json: flag, hashes: flag, mend: flag, rebuild: flag, help: flag } })
    if (values.help) {
      write(`${DOCTOR_HELP}\n`)
      return 0
    }
    const answer = await withParts(environment, values.rebuild, async (parts) => {
      const rebuilt = values.rebuild ? await rebuild(parts) : null
      const mended = values.mend || values.rebuild ? await mend(parts) : null
      const examination = await examine(parts, { hashes: values.hashes })
      return { healthy: isHealthy(examination), examination, mended, rebuilt }
    })
    write(values.json ? `${JSON.stringify(answer, null, 2)}\n` : describe(answer))
    return answer.healthy && (answer.rebuilt?.leftOut.length ?? 0) === 0 ? 0 : 1
  } catch (error) {
    const isKnown = [ConfigError, DataFolderBusyError, NotEmptyError].some((kind) => error instanceof kind)
    const isUsage = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
    if (!isKnown && !isUsage) throw error
    process.stderr.write(`${(error as Error).message}\n${isUsage ? `\n${DOCTOR_HELP}\n` : ''}`)
    return 2
  }
}

type Parts = Pick<Context, 'db' | 'database' | 'storage' | 'config'>

async function withParts<Answer>(
  environment: Readonly<Record<string, string | undefined>>,
  isAnew: boolean,
  use: (parts: Parts) => Promise<Answer>,
): Promise<Answer> {
  const config = readConfig(environment)
  if (!existsSync(config.dataDirectory)) throw new ConfigError(`There is no data folder ${config.dataDirectory}.`)
  if (isAnew && !config.databaseUrl) await setAside(config.dataDirectory)
  const database = await openDatabase({ url: config.databaseUrl, directory: config.dataDirectory })
  try {
    await migrate(database.db)
    const side = 'connectionString' in database.queue ? openSideDatabase(database.queue.connectionString) : null
    const storage = await openStorage({
      dataDirectory: config.dataDirectory,
      settings: config.storage,
      side,
      processes: loneProcess(),
      keepsScratch: database.kind === 'server',
    })
    try {
      return await use({ db: database.db, database, storage, config })
    } finally {
      await side?.close()
    }
  } finally {
    await database.close()
  }
}

/** The embedded database under another name: it may hold what the files do not. Held by no other process, we look first. */
async function setAside(dataDirectory: string): Promise<void> {
  DataFolderLock.acquire(dataDirectory).release()
  const folder = join(dataDirectory, 'postgres')
  if (!existsSync(folder)) return
  await rename(folder, `${folder}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`)
}

function describe({ healthy, examination, mended, rebuilt }: Answer): string {
  const { findings, ...counts } = examination
  const lines = Object.entries(counts).map(([name, count]) => `${readable(name).padEnd(18)} ${count}`)
  if (rebuilt) {
    lines.push('', 'Rebuilt. New passwords, to be changed after signing in:')
    lines.push(...rebuilt.passwords.map(({ username, password }) => `  ${username}  ${password}`))
    lines.push(...rebuilt.leftOut.map(({ file, reason }) => `  left out: ${file}: ${reason}`))
  }
  if (mended) lines.push('', `Mended: ${JSON.stringify(mended)}`)
  for (const name of FINDINGS) {
    if (findings[name].length === 0) continue
    lines.push(
      '',
      `${readable(name)}: ${findings[name].length}`,
      ...findings[name].slice(0, 20).map((each) => `  ${each}`),
    )
  }
  lines.push('', healthy ? 'All is well.' : 'Something is not as it should be.')
  return `${lines.join('\n')}\n`
}

function readable(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
