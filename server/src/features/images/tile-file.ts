import { type FileHandle, open } from 'node:fs/promises'
import { AppError, type ImageTiles } from '@vesalius/contracts'
import yauzl from 'yauzl'
import { levelSizes, TILE_SIDE } from './tile-layout.ts'

interface Place {
  start: number
  size: number
}

/** `tiles_files/<level>/<column>_<row>.<encoding>`, levels counted from the smallest. */
const NAME = /_files\/(\d+\/\d+_\d+)\.(?:png|jpe?g)$/
const STORED = 0
/** Files whose lists of tiles are kept; one of 20,000 × 20,000 pixels holds some 2,100 tiles. */
const MOST_LISTS = 16

/** Reads single tiles out of the zips that `writeTiles` makes. Which tile lies where is read once for each file. */
export class TileFiles {
  readonly #lists = new Map<string, Promise<Map<string, Place>>>()

  /** The bytes of a tile. Throws NOT_FOUND for a tile that there is not. */
  async read(path: string, name: string): Promise<Buffer> {
    const place = (await this.#listOf(path)).get(name)
    if (!place) throw new AppError('NOT_FOUND', 'The image has no such tile.')
    const handle = await open(path, 'r')
    try {
      return await readPart(handle, place)
    } finally {
      await handle.close()
    }
  }

  #listOf(path: string): Promise<Map<string, Place>> {
    const known = this.#lists.get(path)
    if (known) return known
    const list = readList(path)
    this.#lists.set(path, list)
    list.catch(() => this.#lists.delete(path))
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= MOST_LISTS) break
      this.#lists.delete(oldest)
    }
    return list
  }
}

/** The name of a tile in its file, whatever its encoding. Levels there count from the smallest. Throws NOT_FOUND. */
export function tileName(
  { width, height }: { width: number; height: number },
  { level, column, row }: { level: number; column: number; row: number },
): string {
  const levels = levelSizes(width, height)
  if (level >= levels.length) throw new AppError('NOT_FOUND', `The image has ${levels.length} levels, counted from 0.`)
  return `${levels.length - 1 - level}/${column}_${row}`
}

/** Where a PNG says how many bits its samples have. */
const PNG_BITS = 24

export async function describeTiles(
  files: TileFiles,
  path: string,
  { width, height }: { width: number; height: number },
): Promise<ImageTiles> {
  const smallest = await files.read(path, '0/0_0')
  const encoding = isPng(smallest) ? 'png' : 'jpeg'
  const bits = encoding === 'png' && smallest[PNG_BITS] === 16 ? 16 : 8
  return { side: TILE_SIDE, levels: levelSizes(width, height), encoding, bits }
}

export const isPng = (bytes: Uint8Array): boolean => bytes[0] === 0x89

async function readList(path: string): Promise<Map<string, Place>> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false })
  try {
    const places = new Map<string, Place>()
    for await (const entry of zip.eachEntry()) {
      if (entry.compressionMethod !== STORED) continue
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
      const name = NAME.exec(entry.fileName)?.[1]
      if (name) places.set(name, { start: fileDataStart, size: entry.uncompressedSize })
    }
    return places
  } finally {
    zip.close()
  }
}

async function readPart(handle: FileHandle, { start, size }: Place): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, start)
  if (bytesRead < size) throw new Error('a file of tiles ends early')
  return buffer
}
