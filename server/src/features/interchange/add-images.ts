import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { type DatasetImage, type ZipState, ZipWriter } from '@vesalius/formats'
import type { Storage } from '../../storage/storage.ts'
import type { ExportedImage } from './format-task.ts'
import { readLines } from './line-file.ts'

interface Adding {
  zip: ZipState
  archive: string
  /** The line file of images whose own files come along; null: none do. */
  images: string | null
  pathOf: (image: DatasetImage) => string
  report: readonly string[]
  /** A line of the report about a file that is gone. */
  missingLine: (path: string) => string
  onProgress: (done: number) => void
}

/** Goes on with a begun archive: image files one at a time, the report, the directory. The file is on the disk then. */
export async function addImages(storage: Storage, adding: Adding): Promise<{ byteSize: number; missing: number }> {
  const zip = new ZipWriter(adding.zip)
  const stream = createWriteStream(adding.archive, { flags: 'a' })
  const write = async (parts: Iterable<Uint8Array>) => {
    for (const part of parts) if (!stream.write(part)) await once(stream, 'drain')
  }
  const missing: string[] = []
  try {
    let done = 0
    for (const image of adding.images ? readLines<ExportedImage>(adding.images) : []) {
      const path = adding.pathOf(image)
      if ((await storage.size(image.uri)) === null) missing.push(adding.missingLine(path))
      else await write(zip.add({ path, bytes: await storage.read(image.uri) }))
      done += 1
      adding.onProgress(done)
    }
    const lines = [...adding.report, ...missing]
    if (lines.length > 0)
      await write(zip.add({ path: 'export-report.txt', bytes: Buffer.from(`${lines.join('\n')}\n`) }))
    await write(zip.end())
    stream.end()
    await finished(stream)
  } catch (error) {
    stream.destroy()
    throw error
  }
  const handle = await open(adding.archive, 'r+')
  try {
    await handle.sync()
    return { byteSize: (await handle.stat()).size, missing: missing.length }
  } finally {
    await handle.close()
  }
}
