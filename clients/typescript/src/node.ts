import { createWriteStream, openAsBlob } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { VesaliusClient } from './client.ts'
import type { ProjectId, UploadItem } from './generated/types.ts'
import { type Content, type Upload, VesaliusError } from './http.ts'

const FILES_AT_ONCE = 50

/**
 * Uploads every file in a folder and below it that is not hidden, and tells of each what became of it. `describe` adds what is
 * known of a file. Run again after an interruption it sends all of them again, and the server leaves out what it has.
 */
export async function uploadFolder(
  client: VesaliusClient,
  projectId: ProjectId,
  folder: string,
  describe: (path: string) => Pick<Upload, 'label' | 'group'> = () => ({}),
): Promise<UploadItem[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const items: UploadItem[] = []
  for (let from = 0; from < paths.length; from += FILES_AT_ONCE) {
    const body = paths
      .slice(from, from + FILES_AT_ONCE)
      .map(async (path) => ({ ...describe(path), file: await openAsBlob(path), name: basename(path) }))
    items.push(...(await send(client, projectId, await Promise.all(body))))
  }
  return items
}

/** An upload without a single new image is refused, with a word on each file. */
async function send(client: VesaliusClient, projectId: ProjectId, body: Upload[]): Promise<UploadItem[]> {
  try {
    return (await client.uploadImages({ projectId, body })).items
  } catch (error) {
    const items = error instanceof VesaliusError ? (error.body as { items?: UploadItem[] } | null)?.items : undefined
    if (!items) throw error
    return items
  }
}

/** Writes an answer into a file, which appears when it is whole. */
export async function save(content: Content, path: string): Promise<void> {
  const unfinished = `${path}.part`
  try {
    if (!content.body) throw new Error('the answer has no content')
    await pipeline(Readable.fromWeb(content.body as never), createWriteStream(unfinished))
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
