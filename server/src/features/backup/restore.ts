import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { migrate } from '../../db/migrate.ts'
import { migrations } from '../../db/migrations/index.ts'
import type { Storage } from '../../storage/storage.ts'
import { installAuditTriggers } from '../audit/install-triggers.ts'
import { labelKey } from '../labels/label-file.ts'
import { repairLabelFile } from '../labels/repair-label-files.ts'
import { blobPath, readBlobEntries, readManifest } from './backup.ts'
import { BackupError, type Manifest } from './manifest.ts'
import { advanceSequences, digestRows, insertRows, listTables, withoutChecks } from './tables.ts'

const AT_ONCE = 8
const PAGE = 500

export interface RestoreResult {
  name: string
  madeBy: string
  rows: number
  blobs: number
  bytes: number
  /** Label files that were saved after the moment of the backup's rows: written from the rows. */
  labelFilesWritten: number
  /** Images that were removed for good while the backup ran. */
  imagesGone: number
  isSameSecret: boolean
}

/**
 * Fills an empty database and an empty storage from a backup, and compares: every row by the checksum of its table, every
 * file by its own. The rows come into the schema they were told with, which is then brought to this version. Throws
 * BackupError; then nobody has an account in the database yet, and another backup can be tried.
 */
export async function restoreBackup(
  { db, storage, secretDigest }: Pick<Context, 'db'> & { storage: Storage; secretDigest: string },
  directory: string,
  name: string,
): Promise<RestoreResult> {
  const manifest = await readManifest(directory, name)
  await refuseUnlessEmpty(db)
  const later = manifest.migrations.filter((migration) => !(migration in migrations))
  if (later.length > 0)
    throw new BackupError(`The backup is of version ${manifest.version}. Restore with that or a later one.`)
  await migrate(db, manifest.migrations)
  const entries = await readBlobEntries(directory, name)
  if (entries.length !== manifest.blobs) throw new BackupError('The list of files of the backup is damaged.')
  let bytes = 0
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const sizes = await Promise.all(
      entries.slice(at, at + AT_ONCE).map(({ key, sha256 }) => placeBlob(storage, { directory, key, sha256 })),
    )
    for (const size of sizes) bytes += size
  }
  const rows = await fillTables(db, manifest, join(directory, 'backups', name, 'tables'))
  await migrate(db)
  await sql`DELETE FROM installation WHERE name = 'audit-triggers'`.execute(db)
  await installAuditTriggers(db)
  const imagesGone = await removeGone(db, manifest.gone)
  const saved = new Set(entries.map(({ key }) => key))
  const labelFilesWritten = await alignLabels({ db, storage }, saved)
  const isSameSecret = manifest.secretDigest === secretDigest
  return {
    name,
    madeBy: manifest.version,
    rows,
    blobs: entries.length,
    bytes,
    labelFilesWritten,
    imagesGone,
    isSameSecret,
  }
}

async function refuseUnlessEmpty(db: Context['db']): Promise<void> {
  const { rows } = await sql<{ users: string | null }>`SELECT to_regclass('users')::text AS users`.execute(db)
  if (!rows[0]?.users) return
  const anyone = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (anyone) throw new BackupError('The database is in use. Restore into an empty one.')
  await sql`DROP SCHEMA public CASCADE`.execute(db)
  await sql`CREATE SCHEMA public`.execute(db)
}

/** The copy is hashed on its way, so a damaged backup is noticed before it is believed. */
async function placeBlob(
  storage: Storage,
  { directory, key, sha256 }: { directory: string; key: string; sha256: string },
) {
  const temporary = join(storage.scratchDirectory, randomUUID())
  const source = blobPath(directory, sha256)
  await copyFile(source, temporary).catch(() => {
    throw new BackupError(`The backup lacks the bytes of ${key}.`)
  })
  const hash = createHash('sha256')
  let size = 0
  await pipeline(createReadStream(temporary), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.length
    }
  })
  if (hash.digest('hex') !== sha256) throw new BackupError(`The bytes of ${key} are damaged in the backup.`)
  await storage.adopt(key, temporary)
  return size
}

async function fillTables(db: Context['db'], manifest: Manifest, folder: string): Promise<number> {
  let total = 0
  await db.transaction().execute(async (trx) => {
    const tables = await listTables(trx)
    const known = tables.filter((table) => table in manifest.tables)
    const missing = Object.keys(manifest.tables).filter((table) => !tables.includes(table))
    if (missing.length > 0)
      throw new BackupError(`This version has no place for ${missing.join(', ')}. Restore with ${manifest.version}.`)
    await sql`SET LOCAL TIME ZONE 'UTC'`.execute(trx)
    await withoutChecks(trx, tables, async () => {
      for (const table of tables) await sql`DELETE FROM ${sql.table(table)}`.execute(trx)
      for (const table of known) {
        const unpacked = createReadStream(join(folder, `${table}.jsonl.gz`)).pipe(createGunzip())
        let page: string[] = []
        for await (const line of createInterface({ input: unpacked })) {
          page.push(line)
          if (page.length < PAGE) continue
          await insertRows(trx, table, page)
          page = []
        }
        if (page.length > 0) await insertRows(trx, table, page)
      }
    })
    await advanceSequences(trx)
    for (const table of known) {
      const found = await digestRows(trx, table)
      const told = manifest.tables[table]
      if (found.rows !== told?.rows || found.sha256 !== told.sha256) {
        throw new BackupError(`The rows of ${table} are not what the backup says: ${found.rows} of ${told?.rows}.`)
      }
      total += found.rows
    }
  })
  return total
}

/** Whoever purged an image while the backup ran wanted it gone. */
async function removeGone(db: Context['db'], gone: readonly string[]): Promise<number> {
  if (gone.length === 0) return 0
  const result = await db.deleteFrom('images').where('uri', 'in', gone).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Label files of another moment than their row, and those that the backup did not catch. */
async function alignLabels(
  parts: Pick<Context, 'db'> & { storage: Storage },
  saved: ReadonlySet<string>,
): Promise<number> {
  let written = 0
  const images = await parts.db.selectFrom('images').select(['id', 'owner_id', 'uri', 'label_revision']).execute()
  for (const image of images) {
    const key = labelKey(image)
    const isOfRow = saved.has(key) && revisionOf(await parts.storage.read(key)) === image.label_revision
    if (!isOfRow && (await repairLabelFile(parts, image.id, { isRowRight: true }))) written += 1
  }
  return written
}

function revisionOf(bytes: Buffer): number | undefined {
  return (JSON.parse(bytes.toString('utf8')) as { meta?: { revision?: number } }).meta?.revision
}
