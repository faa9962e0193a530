import { isUtf8 } from 'node:buffer'
import { AppError, because, type Reason, tellReason } from '@vesalius/contracts'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { type ImportSource, isIgnored, MOST_FILES, type SourceFile } from './import-source.ts'

/** What an archive may unpack to, all files together, whatever it says. */
const MOST_BYTES = 256 * 1024 ** 3
/** Deflate reaches 1032:1 on zeros; pictures stay far below. Small files are let be. */
const MOST_RATIO = 250
const RATIO_FROM_BYTES = 8 * 1024 ** 2

const UTF8_NAME = 0x0800
const LINK = 0o120000
const KIND = 0o170000

/**
 * The files of a zip archive, as its directory lists them. Paths name files and are never opened; one that would leave
 * the archive's folder, or a directory that lies about sizes, refuses the whole archive. Throws AppError
 * ARCHIVE_UNUSABLE; what is wrong with one entry alone is that entry's problem.
 */
export async function openArchive(
  file: string,
  { byteSize, prefix = '' }: { byteSize: number; prefix?: string },
): Promise<ImportSource> {
  const zip = await yauzl
    .openPromise(file, { lazyEntries: true, decodeStrings: false, autoClose: false, strictFileNames: true })
    .catch(refuse)
  try {
    const { entries, ignored } = await listEntries(zip, byteSize)
    const paths = new Set<string>()
    const files = entries.map(({ entry, path }) => {
      const isTwice = paths.has(path)
      paths.add(path)
      return asSourceFile(zip, entry, prefix + path, isTwice)
    })
    return {
      total: files.length,
      ignored,
      files: () => files,
      close: async () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function listEntries(zip: ZipFile, byteSize: number) {
  if (zip.entryCount > 4 * MOST_FILES) throw unusable(because`It lists more than ${MOST_FILES} files.`)
  const all: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) all.push(entry)
  } catch (error) {
    refuse(error)
  }
  const nameOf = nameReader(all)
  const named = all.map((entry) => ({ entry, path: nameOf(entry) }))
  if (named.some(({ path }) => yauzl.validateFileName(path) !== null)) {
    throw unusable(because`It holds paths that lead out of it.`)
  }
  const entries = named.filter(({ path }) => !path.endsWith('/') && !isIgnored(path))
  if (entries.length > MOST_FILES) throw unusable(because`It lists more than ${MOST_FILES} files.`)
  if (all.reduce((sum, entry) => sum + entry.compressedSize, 0) > byteSize) throw unusable(because`Its parts overlap.`)
  if (all.reduce((sum, entry) => sum + entry.uncompressedSize, 0) > MOST_BYTES) {
    throw unusable(because`It unpacks to more than this server takes.`)
  }
  if (entries.length === 0) throw unusable(because`It holds no files.`)
  return { entries, ignored: all.length - entries.length }
}

function asSourceFile(zip: ZipFile, entry: Entry, path: string, isTwice: boolean): SourceFile {
  return {
    path,
    byteSize: entry.uncompressedSize,
    problem: problemOf(entry, isTwice),
    open: () => zip.openReadStreamPromise(entry).catch(refuse),
  }
}

function problemOf(entry: Entry, isTwice: boolean): AppError | null {
  if (isTwice) return unusable(because`The archive holds two files of this name: only the first is read.`)
  if (isLink(entry)) return unusable(because`It is a link, not a file.`)
  if (entry.isEncrypted()) return unusable(because`It is encrypted.`)
  if (!entry.canDecodeFileData()) return unusable(because`It is packed in a way that is not read. Pack with deflate.`)
  if (entry.uncompressedSize > RATIO_FROM_BYTES && entry.uncompressedSize > MOST_RATIO * entry.compressedSize) {
    return unusable(because`It unpacks to far more than its size.`)
  }
  return null
}

/** Made on Unix, where the upper half of the attributes is the mode. */
function isLink(entry: Entry): boolean {
  return entry.versionMadeBy >> 8 === 3 && ((entry.externalFileAttributes >>> 16) & KIND) === LINK
}

/** Names without the UTF-8 mark are UTF-8 all the same, or, where one is not, what a Chinese Windows writes. */
function nameReader(entries: readonly Entry[]): (entry: Entry) => string {
  const unmarked = entries.filter((entry) => !(entry.generalPurposeBitFlag & UTF8_NAME))
  const decoder = new TextDecoder(unmarked.every(({ fileNameRaw }) => isUtf8(fileNameRaw)) ? 'utf-8' : 'gb18030')
  return (entry) =>
    entry.generalPurposeBitFlag & UTF8_NAME
      ? yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
      : decoder.decode(entry.fileNameRaw).replaceAll('\\', '/')
}

export function unusable(told: Reason): AppError {
  return new AppError('ARCHIVE_UNUSABLE', tellReason(told), { told })
}

function refuse(error: unknown): never {
  if (error instanceof AppError) throw error
  throw new AppError('ARCHIVE_UNUSABLE', 'The archive is damaged or cut off.', {}, { cause: error })
}
