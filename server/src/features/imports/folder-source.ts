import { constants } from 'node:fs'
import { open, readdir, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { AppError } from '@vesalius/contracts'
import { type ImportSource, isIgnored, MOST_FILES, type SourceFile } from './import-source.ts'

const DEEPEST = 32

/**
 * Throws NOT_FOUND unless the folder is one of the allowed ones or inside of one after all links are followed: who asks
 * learns nothing about what else is on the machine. Answers its true path.
 */
export async function requireImportFolder(roots: readonly string[], path: string): Promise<string> {
  const real = await realpath(path).catch(() => null)
  for (const root of roots) {
    const realRoot = await realpath(root).catch(() => null)
    if (!real || !realRoot) continue
    if (real !== realRoot && !real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) continue
    if ((await stat(real)).isDirectory()) return real
  }
  throw new AppError('NOT_FOUND', 'There is no such folder, or nothing may be imported from it.')
}

/** The folders one may choose from: the allowed ones, or those inside one of them. */
export async function listImportFolders(roots: readonly string[], path: string | undefined) {
  if (path === undefined) return { folders: roots.map((root) => ({ name: root, path: root })), files: 0 }
  const folder = await requireImportFolder(roots, path)
  const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => !isIgnored(entry.name))
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    folders: names.sort(byName).map((name) => ({ name, path: join(folder, name) })),
    files: entries.filter((entry) => entry.isFile()).length,
  }
}

/** Every file below a folder, in the order of names. Links are left alone. Throws AppError. */
export async function openFolder(roots: readonly string[], path: string): Promise<ImportSource> {
  const folder = await requireImportFolder(roots, path)
  const files: SourceFile[] = []
  let ignored = 0
  const walk = async (place: string, depth: number): Promise<void> => {
    const entries = await readdir(place, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => byName(a.name, b.name))) {
      const inner = join(place, entry.name)
      if (isIgnored(entry.name) || entry.isSymbolicLink()) ignored += 1
      else if (entry.isDirectory() && depth < DEEPEST) await walk(inner, depth + 1)
      else if (entry.isFile()) files.push(await asSourceFile(folder, inner))
      else ignored += 1
      if (files.length > MOST_FILES) {
        throw new AppError('PAYLOAD_TOO_LARGE', `The folder holds more than ${MOST_FILES} files.`)
      }
    }
  }
  await walk(folder, 0)
  return { total: files.length, ignored, files: () => files, close: async () => {} }
}

async function asSourceFile(folder: string, path: string): Promise<SourceFile> {
  return {
    path: relative(folder, path).split(sep).join('/'),
    byteSize: (await stat(path)).size,
    problem: null,
    // A file that became a link meanwhile is not followed.
    open: async () => (await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)).createReadStream(),
  }
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
