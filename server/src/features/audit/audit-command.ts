import { type Config, ConfigError, readConfig } from '../../config.ts'
import { openDatabase } from '../../db/database.ts'
import { DataFolderBusyError } from '../../db/lock.ts'
import { verifyAudit } from './verify-audit.ts'

const USAGE = `vesalius audit verify [--expect SEQ:HASH]

Computes the record of changes anew and names every event that was changed or removed. --expect also compares the event
of that number with a hash that an earlier run printed and that you kept elsewhere. Stop the server first where the
database is the embedded one.
`

/** Answers the exit code: 0 when all is as it was recorded, 1 when not, 2 when it could not be looked at. */
export async function runAuditCommand(args: readonly string[], write: (text: string) => void): Promise<number> {
  const [command, option, expected = ''] = args
  const isExpecting = option === '--expect' && /^\d+:[0-9a-f]{64}$/.test(expected)
  if (command !== 'verify' || (option !== undefined && !isExpecting)) {
    write(USAGE)
    return 2
  }
  try {
    return await verify(readConfig(process.env), isExpecting ? expected : null, write)
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof DataFolderBusyError)) throw error
    write(`${error.message}\n`)
    return 2
  }
}

async function verify(config: Config, expected: string | null, write: (text: string) => void): Promise<number> {
  const database = await openDatabase({ url: config.databaseUrl, directory: config.dataDirectory })
  try {
    const { events, head, flaws } = await verifyAudit(database.db)
    for (const { seq, flaw } of flaws) write(`event ${seq}: ${flaw}\n`)
    if (expected) {
      const [seq, hash] = expected.split(':')
      const event = await database.db
        .selectFrom('audit_events')
        .select('hash')
        .where('seq', '=', Number(seq))
        .executeTakeFirst()
      if (!event || Buffer.from(event.hash).toString('hex') !== hash) {
        write(`event ${seq}: not the one that was expected\n`)
        return 1
      }
    }
    write(`${events} events, ${flaws.length} flaws, head ${head ? `${head.seq}:${head.hash}` : 'none'}\n`)
    return flaws.length > 0 ? 1 : 0
  } finally {
    await database.close()
  }
}
