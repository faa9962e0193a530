import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'

/** The decoded pictures of a run, each `byteLength` long, by position. */
export interface PixelStore {
  write(index: number, pixels: Uint8Array): void
  /** Valid until the next read: the bytes may be a shared buffer. */
  read(index: number): Uint8Array
  close(): void
}

const MEMORY_LIMIT = 768 * 2 ** 20

/**
 * Keeps pictures in memory up to a limit, beyond it in `spillFile`, which is removed on close.
 * Throws what the file system throws (ENOSPC) when the spill file cannot grow.
 */
export function openPixelStore(
  count: number,
  byteLength: number,
  spillFile: string,
  memoryLimit = MEMORY_LIMIT,
): PixelStore {
  return count * byteLength <= memoryLimit ? storeInMemory(count, byteLength) : storeInFile(byteLength, spillFile)
}

function storeInMemory(count: number, byteLength: number): PixelStore {
  const bytes = new Uint8Array(count * byteLength)
  return {
    write: (index, pixels) => bytes.set(pixels, index * byteLength),
    read: (index) => bytes.subarray(index * byteLength, (index + 1) * byteLength),
    close: () => {},
  }
}

function storeInFile(byteLength: number, file: string): PixelStore {
  const descriptor = openSync(file, 'w+')
  const buffer = new Uint8Array(byteLength)
  return {
    write: (index, pixels) => {
      writeSync(descriptor, pixels, 0, byteLength, index * byteLength)
    },
    read: (index) => {
      readSync(descriptor, buffer, 0, byteLength, index * byteLength)
      return buffer
    },
    close: () => {
      closeSync(descriptor)
      rmSync(file, { force: true })
    },
  }
}
