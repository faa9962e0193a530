import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, DuplicateChoice, Import, ProjectId, UploadItem, UserId } from '@vesalius/contracts'
import { z } from 'zod'
import type { ReceivedFile } from '../ingest/receive-file.ts'
import { SNIFF_BYTES } from '../ingest/sniff-format.ts'

/**
 * The folder of uploads that come in pieces. Per upload: `<id>` the bytes so far, `<id>.json` what it is and whose, both
 * kept by the tus file store, and `<id>.result` what became of it, for a day, so that who lost the answer can ask again.
 */

/** What a client says of the file, and what we add. */
export const UploadFacts = z.object({
  projectId: ProjectId,
  filename: z.string().max(1000).default(''),
  duplicates: DuplicateChoice.optional(),
  label: z.string().optional(),
  group: z.string().optional(),
  userId: UserId,
})
export type UploadFacts = z.infer<typeof UploadFacts>

export const UploadResult = z.object({ items: z.array(UploadItem), import: Import.nullable() })
export type UploadResult = z.infer<typeof UploadResult>

const KEPT_MS = 24 * 3600_000
const MOST_OPEN = 100
/** Left free on the disk by whatever is promised. */
const SPARE_BYTES = 512 * 1024 ** 2
const Record = z.object({ size: z.int().optional(), metadata: UploadFacts })

export class UploadFiles {
  readonly folder: string

  constructor(dataDirectory: string) {
    this.folder = join(dataDirectory, 'uploads')
  }

  pathOf(id: string): string {
    return join(this.folder, id)
  }

  /** Null when there is no such upload, or it is another person's. */
  async find(id: string, userId: UserId): Promise<{ facts: UploadFacts; size: number } | null> {
    const record = await this.#read(id)
    if (!record || record.metadata.userId !== userId) return null
    return { facts: record.metadata, size: record.size ?? -1 }
  }

  /** Bytes that are here; null when the file is gone. */
  async offset(id: string): Promise<number | null> {
    return stat(this.pathOf(id)).then(
      ({ size }) => size,
      () => null,
    )
  }

  async result(id: string): Promise<UploadResult | null> {
    const text = await readFile(`${this.pathOf(id)}.result`, 'utf8').catch(() => null)
    return text === null ? null : UploadResult.parse(JSON.parse(text))
  }

  async keepResult(id: string, result: UploadResult): Promise<void> {
    const path = `${this.pathOf(id)}.result`
    await writeFile(`${path}.part`, JSON.stringify(result))
    await rename(`${path}.part`, path)
  }

  async forget(id: string): Promise<void> {
    for (const end of ['', '.json', '.result']) await rm(`${this.pathOf(id)}${end}`, { force: true })
  }

  /** Takes the whole file out of the folder, so that what is done with it cannot be taken for an upload half done. */
  async take(id: string, scratchDirectory: string): Promise<ReceivedFile> {
    const path = join(scratchDirectory, id)
    await rename(this.pathOf(id), path)
    const hash = createHash('sha256')
    let head = Buffer.alloc(0)
    let byteSize = 0
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      byteSize += chunk.length
      if (head.length < SNIFF_BYTES) head = Buffer.concat([head, chunk.subarray(0, SNIFF_BYTES - head.length)])
    }
    return { path, byteSize, sha256: hash.digest('hex'), head }
  }

  /** Throws AppError when a person has too many open uploads, or the disk has no room for another of this size. */
  async refuseTooMany(userId: UserId, byteSize: number): Promise<void> {
    let open = 0
    for (const name of await this.#names()) {
      if (!name.endsWith('.json')) continue
      const record = await this.#read(name.slice(0, -'.json'.length))
      if (record?.metadata.userId === userId && (await this.result(name.slice(0, -'.json'.length))) === null) open += 1
    }
    if (open >= MOST_OPEN) {
      throw new AppError(
        'TOO_MANY_REQUESTS',
        `At most ${MOST_OPEN} uploads are open at a time. Finish or end some first.`,
      )
    }
    const { bavail, bsize } = await statfs(this.folder)
    if (bavail * bsize < byteSize + SPARE_BYTES) {
      throw new AppError('STORAGE_FULL', 'The disk of this server has no room for this file.')
    }
  }

  /** Removes what nobody touched for a day. */
  async sweep(now = Date.now()): Promise<void> {
    const newest = new Map<string, number>()
    for (const name of await this.#names()) {
      const id = name.split('.')[0] ?? name
      const { mtimeMs } = await stat(join(this.folder, name)).catch(() => ({ mtimeMs: now }))
      newest.set(id, Math.max(newest.get(id) ?? 0, mtimeMs))
    }
    for (const [id, touchedAt] of newest) if (now - touchedAt > KEPT_MS) await this.forget(id)
  }

  async #names(): Promise<string[]> {
    return readdir(this.folder).catch(() => [])
  }

  async #read(id: string) {
    if (!z.uuid().safeParse(id).success) return null
    const text = await readFile(`${this.pathOf(id)}.json`, 'utf8').catch(() => null)
    const parsed = text === null ? null : Record.safeParse(JSON.parse(text))
    return parsed?.success ? parsed.data : null
  }
}
