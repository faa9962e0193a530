import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { UsageError } from './usage-error.ts'

const PICTURES = new Set(['.png', '.jpg', '.jpeg', '.webp', '.tif', '.tiff', '.bmp', '.gif'])

export interface NamedFile {
  /** Without folder and extension. */
  stem: string
  file: string
}

/** The pictures of a folder by name, not those of folders in it. Throws UsageError when there is no such folder. */
export async function listPictures(folder: string): Promise<NamedFile[]> {
  const names = (await readNames(folder)).filter((name) => PICTURES.has(extname(name).toLowerCase()))
  return names.sort().map((name) => ({ stem: name.slice(0, -extname(name).length), file: join(folder, name) }))
}

/** Names of the folders in a folder, sorted. */
export async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => refuse(folder, cause))
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function readNames(folder: string): Promise<string[]> {
  return readdir(folder).catch((cause) => refuse(folder, cause))
}

function refuse(folder: string, cause: unknown): never {
  throw new UsageError(`cannot read the folder ${folder}`, { cause })
}
