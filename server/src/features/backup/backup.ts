import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { ObjectStore } from '../../storage/storage.ts'
import { labelKey } from '../labels/label-file.ts'
import { BackupError, BlobEntry, Manifest } from './manifest.ts'
import { listTables, readRows } from './tables.ts'

const AT_ONCE = 8
/** Objects that no row names one by one. */
const LISTED = ['imports/', 'annotation-imports/', 'projects/'] as const

export interface BackupResult {
  name: string
  rows: number
  blobs: number
  /** Of those, written by this backup; the others were there from earlier ones. */
  newBlobs: number
  bytes: number
  newBytes: number
}

interface Wanted {
  key: string
  /** Null: to be found by reading. */
  sha256: string | null
}

/**
 * Writes rows and files below `directory`, while the program runs. Rows are of one moment; files of rows never change, but
 * for label files, which may be newer than their rows by what was saved meanwhile: a restore writes those from their rows.
 * Files lie under their hash, so a backup after the first writes only what is new.
 */
export async function makeBackup(
  {
    db,
    storage,
    version,
    secretDigest,
  }: Pick<Context, 'db' | 'version'> & { storage: ObjectStore; secretDigest: string },
  directory: string,
  now = new Date(),
): Promise<BackupResult> {
  const name = now.toISOString().replaceAll(/[:.]/g, '-')
  const folder = join(directory, 'backups', name)
  await mkdir(join(folder, 'tables'), { recursive: true })
  const tables: Manifest['tables'] = {}
  const { migrations, wanted } = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      for (const table of await listTables(trx)) {
        const hash = createHash('sha256')
        let rows = 0
        const lines = async function* () {
          for await (const page of readRows(trx, table)) {
            const text = `${page.join('\n')}\n`
            hash.update(text)
            rows += page.length
            yield text
          }
        }
        await pipeline(
          lines(),
          createGzip({ level: 3 }),
          createWriteStream(join(folder, 'tables', `${table}.jsonl.gz`)),
        )
        tables[table] = { rows, sha256: hash.digest('hex') }
      }
      const done = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(trx)
      const images = await trx.selectFrom('images').select(['id', 'owner_id', 'uri', 'content_hash']).execute()
      const models = await trx.selectFrom('model_versions').select(['uri', 'sha256']).execute()
      const exports = await trx.selectFrom('exports').select('uri').where('state', '=', 'succeeded').execute()
      const wanted = new Map<string, Wanted>()
      for (const image of images) {
        wanted.set(image.uri, { key: image.uri, sha256: image.content_hash })
        wanted.set(labelKey(image), { key: labelKey(image), sha256: null })
      }
      for (const { uri, sha256 } of models) wanted.set(uri, { key: uri, sha256 })
      for (const { uri } of exports) wanted.set(uri, { key: uri, sha256: null })
      return { migrations: done.rows.map((row) => row.name), wanted }
    })
  for (const prefix of LISTED) {
    for await (const { key } of storage.list(prefix)) {
      if (!wanted.has(key) && !key.includes('/models/')) wanted.set(key, { key, sha256: null })
    }
  }
  const result: BackupResult = { name, rows: 0, blobs: 0, newBlobs: 0, bytes: 0, newBytes: 0 }
  const [entries, gone] = await copyBlobs(storage, directory, [...wanted.values()], result)
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`)
  await pipeline(lines, createGzip(), createWriteStream(join(folder, 'blobs.jsonl.gz')))
  for (const { rows } of Object.values(tables)) result.rows += rows
  const manifest: Manifest = {
    ...{ format: 1, version, madeAt: now.toISOString(), migrations, secretDigest, tables },
    ...{ blobs: entries.length, bytes: result.bytes, gone },
  }
  await writeDurably(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2))
  return result
}

export const blobPath = (directory: string, sha256: string) => join(directory, 'blobs', sha256.slice(0, 2), sha256)

async function copyBlobs(
  storage: ObjectStore,
  directory: string,
  wanted: readonly Wanted[],
  result: BackupResult,
): Promise<[BlobEntry[], string[]]> {
  const entries: BlobEntry[] = []
  const gone: string[] = []
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE)
    const copied = await Promise.all(
      some.map(async (each) => ({ each, copy: await copyBlob(storage, directory, each) })),
    )
    for (const { each, copy } of copied) {
      if (!copy) {
        gone.push(each.key)
        continue
      }
      entries.push({ key: each.key, sha256: copy.sha256 })
      result.blobs += 1
      result.bytes += copy.bytes
      if (!copy.isNew) continue
      result.newBlobs += 1
      result.newBytes += copy.bytes
    }
  }
  return [entries, gone]
}

/** Null: there is no such object any more. */
async function copyBlob(storage: ObjectStore, directory: string, { key, sha256 }: Wanted) {
  const known = sha256 ? await sizeOf(blobPath(directory, sha256)) : null
  if (sha256 && known !== null) return { sha256, bytes: known, isNew: false }
  if ((await storage.size(key)) === null) return null
  const temporary = join(directory, 'blobs', `${randomUUID()}.part`)
  await mkdir(dirname(temporary), { recursive: true })
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await pipeline(
      storage.stream(key),
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          hash.update(chunk)
          bytes += chunk.length
          yield chunk
        }
      },
      createWriteStream(temporary, { flush: true }),
    )
    const found = hash.digest('hex')
    if (sha256 && found !== sha256)
      throw new BackupError(`${key} is not what its row says. Run vesalius doctor --hashes.`)
    const target = blobPath(directory, found)
    if ((await sizeOf(target)) !== null) return { sha256: found, bytes, isNew: false }
    await mkdir(dirname(target), { recursive: true })
    await rename(temporary, target)
    return { sha256: found, bytes, isNew: true }
  } finally {
    await rm(temporary, { force: true })
  }
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  )
}

async function writeDurably(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text)
  const handle = await open(`${path}.part`, 'r+')
  await handle.sync().finally(() => handle.close())
  await rename(`${path}.part`, path)
}

/** Finished backups, the oldest first. */
export async function listBackups(directory: string): Promise<string[]> {
  const names = await readdir(join(directory, 'backups')).catch(() => [])
  const found: string[] = []
  for (const name of names.sort()) {
    if ((await sizeOf(join(directory, 'backups', name, 'manifest.json'))) !== null) found.push(name)
  }
  return found
}

export async function readManifest(directory: string, name: string): Promise<Manifest> {
  return Manifest.parse(JSON.parse(await readFile(join(directory, 'backups', name, 'manifest.json'), 'utf8')))
}

export async function readBlobEntries(directory: string, name: string): Promise<BlobEntry[]> {
  const packed = await readFile(join(directory, 'backups', name, 'blobs.jsonl.gz'))
  const lines = gunzipSync(packed).toString('utf8').split('\n').filter(Boolean)
  return lines.map((line) => BlobEntry.parse(JSON.parse(line)))
}

/** Removes all but the newest `keep` backups, cut-off ones too, and what only they held. Answers how many blobs went. */
export async function pruneBackups(directory: string, keep: number): Promise<number> {
  const kept = new Set((await listBackups(directory)).slice(-keep))
  for (const name of await readdir(join(directory, 'backups'))) {
    if (!kept.has(name)) await rm(join(directory, 'backups', name), { recursive: true, force: true })
  }
  const used = new Set<string>()
  for (const name of kept) for (const { sha256 } of await readBlobEntries(directory, name)) used.add(sha256)
  let removed = 0
  for (const part of await readdir(join(directory, 'blobs')).catch(() => [])) {
    if (part.endsWith('.part')) continue
    for (const sha256 of await readdir(join(directory, 'blobs', part))) {
      if (used.has(sha256)) continue
      await rm(join(directory, 'blobs', part, sha256))
      removed += 1
    }
  }
  return removed
}
