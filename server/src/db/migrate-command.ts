import { ConfigError, readConfig } from '../config.ts'
import { openDatabase } from './database.ts'
import { DataFolderBusyError } from './lock.ts'
import { migrate, SchemaTooNewError } from './migrate.ts'

/**
 * Brings the database to this version without starting it, so that a roll-out learns of a failure before it replaces anything.
 * Answers the exit status: 0 done, 1 not, 2 it could not be looked at.
 */
export async function runMigrateCommand(write: (text: string) => void): Promise<number> {
  try {
    const { databaseUrl: url, dataDirectory: directory } = readConfig(process.env)
    const database = await openDatabase({ url, directory })
    try {
      const done = await migrate(database.db)
      write(`${done.length > 0 ? done.join('\n') : 'nothing to do'}\n`)
      return 0
    } finally {
      await database.close()
    }
  } catch (error) {
    if (error instanceof SchemaTooNewError) {
      write(`${error.message}\n`)
      return 1
    }
    if (!(error instanceof ConfigError || error instanceof DataFolderBusyError)) throw error
    write(`${error.message}\n`)
    return 2
  }
}
