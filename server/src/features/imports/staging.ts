import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, because, type ImportId } from '@vesalius/contracts'
import { z } from 'zod'
import { isArchive } from '../ingest/sniff-format.ts'
import { openArchive, unusable } from './archive-source.ts'
import { type ImportSource, MOST_FILES, type SourceFile } from './import-source.ts'

/**
 * Files that wait for their import: a folder of their own below `imports/` with a list of what they are called. The
 * list is written last, so that a folder without one was never accepted.
 */
const Manifest = z.array(z.strictObject({ file: z.string(), name: z.string(), byteSize: z.int() }))
export type StagedFile = z.infer<typeof Manifest>[number]
const MANIFEST = 'manifest.json'

export const stagingRoot = (dataDirectory: string) => join(dataDirectory, 'imports')
export const stagingFolder = (dataDirectory: string, id: ImportId) => join(stagingRoot(dataDirectory), id)

/** Moves a received file into the folder; it is on the disk when this resolves. */
export async function stageFile(folder: string, received: { path: string; byteSize: number }, name: string) {
  await mkdir(folder, { recursive: true })
  const file = randomUUID()
  const handle = await open(received.path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(received.path, join(folder, file))
  return { file, name, byteSize: received.byteSize }
}

export async function writeManifest(folder: string, files: readonly StagedFile[]): Promise<void> {
  const temporary = join(folder, `${MANIFEST}.part`)
  const handle = await open(temporary, 'w')
  try {
    await handle.writeFile(JSON.stringify(files))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, join(folder, MANIFEST))
}

export async function isStaged(folder: string): Promise<boolean> {
  return stat(join(folder, MANIFEST)).then(
    () => true,
    () => false,
  )
}

/** The files of the folder, those inside of archives among them. */
export async function openStaged(folder: string): Promise<ImportSource> {
  const staged = Manifest.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')))
  const parts: { files: SourceFile[]; ignored: number; close(): Promise<void> }[] = []
  const isAlone = staged.length === 1
  try {
    for (const [at, { file, name, byteSize }] of staged.entries()) {
      const path = join(folder, file)
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

/** Removes folders of imports that are not `open`: they ended, or were never accepted. */
export async function sweepStaging(dataDirectory: string, open: ReadonlySet<string>, before: number): Promise<void> {
  const root = stagingRoot(dataDirectory)
  await mkdir(root, { recursive: true })
  for (const name of await readdir(root)) {
    const folder = join(root, name)
    if (open.has(name) || (await stat(folder)).mtimeMs > before) continue
    await rm(folder, { recursive: true, force: true })
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
