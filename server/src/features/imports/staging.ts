import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { AppError, because, ImportId } from '@vesalius/contracts'
import { z } from 'zod'
import type { Storage } from '../../storage/storage.ts'
import { isArchive } from '../ingest/sniff-format.ts'
import { openArchive, unusable } from './archive-source.ts'
import { type ImportSource, MOST_FILES, type SourceFile } from './import-source.ts'

/**
 * Files that wait for their import, as objects below `imports/<id>/` with a list of what they are called. The list is
 * written last, so that what has none was never accepted.
 */
const Manifest = z.array(z.strictObject({ file: z.string(), name: z.string(), byteSize: z.int() }))
export type StagedFile = z.infer<typeof Manifest>[number]

type Place = Pick<Storage, 'write' | 'adopt' | 'read' | 'size' | 'list' | 'removeFolder' | 'localFile'>

const ROOT = 'imports/'
const folderOf = (id: ImportId) => `${ROOT}${id}/`
const manifestOf = (id: ImportId) => `${folderOf(id)}manifest.json`

/** Takes a received file over; it is kept when this resolves. */
export async function stageFile(
  storage: Place,
  id: ImportId,
  received: { path: string; byteSize: number },
  name: string,
): Promise<StagedFile> {
  const file = randomUUID()
  await storage.adopt(folderOf(id) + file, received.path)
  return { file, name, byteSize: received.byteSize }
}

export async function writeManifest(storage: Place, id: ImportId, files: readonly StagedFile[]): Promise<void> {
  await storage.write(manifestOf(id), JSON.stringify(files))
}

export async function isStaged(storage: Place, id: ImportId): Promise<boolean> {
  return (await storage.size(manifestOf(id))) !== null
}

export async function removeStaged(storage: Place, id: ImportId): Promise<void> {
  await storage.removeFolder(folderOf(id))
}

/** The files of an import, those inside of archives among them. */
export async function openStaged(storage: Place, id: ImportId): Promise<ImportSource> {
  const staged = Manifest.parse(JSON.parse((await storage.read(manifestOf(id))).toString('utf8')))
  const parts: { files: SourceFile[]; ignored: number; close(): Promise<void> }[] = []
  const isAlone = staged.length === 1
  try {
    for (const [at, { file, name, byteSize }] of staged.entries()) {
      const path = await storage.localFile(folderOf(id) + file)
      const isZip = isArchive(await readHead(path))
      const source = isZip
        ? await openArchive(path, { byteSize, prefix: isAlone ? '' : `${numbered(name, at)}/` }).catch((error) => {
            if (isAlone || !(error instanceof AppError)) throw error
            return refused(numbered(name, at), byteSize, error)
          })
        : plain(path, isAlone ? name : numbered(name, at), byteSize)
      const files: SourceFile[] = []
      for await (const each of source.files()) files.push(each)
      parts.push({ ...source, files })
    }
    const files = parts.flatMap((part) => part.files)
    if (files.length > MOST_FILES) throw unusable(because`There are more than ${MOST_FILES} files.`)
    return {
      total: files.length,
      ignored: parts.reduce((sum, part) => sum + part.ignored, 0),
      files: () => files,
      close: async () => {
        await Promise.all(parts.map((part) => part.close()))
      },
    }
  } catch (error) {
    await Promise.all(parts.map((part) => part.close()))
    throw error
  }
}

/** Removes what belongs to imports that are not `open`: they ended, or were never accepted. */
export async function sweepStaging(storage: Place, open: ReadonlySet<string>, before: number): Promise<void> {
  const newest = new Map<string, number>()
  for await (const { key, changedAt } of storage.list(ROOT)) {
    const id = key.split('/')[1] ?? ''
    newest.set(id, Math.max(newest.get(id) ?? 0, changedAt))
  }
  for (const [id, changedAt] of newest) {
    if (!open.has(id) && changedAt <= before) await removeStaged(storage, ImportId.parse(id))
  }
}

function plain(path: string, name: string, byteSize: number): ImportSource {
  const file = { path: name, byteSize, problem: null, open: async () => createReadStream(path) }
  return { total: 1, ignored: 0, files: () => [file], close: async () => {} }
}

function refused(name: string, byteSize: number, problem: AppError): ImportSource {
  const file = { path: name, byteSize, problem, open: () => Promise.reject(problem) }
  return { total: 1, ignored: 0, files: () => [file], close: async () => {} }
}

/** Files sent together may have equal names: their number tells them apart, and the name a person reads is the last part. */
function numbered(name: string, at: number): string {
  return `${at + 1}/${name}`
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
