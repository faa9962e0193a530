import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'

/** Pictures of different sizes, in the order in which they were added. */
export interface PieceStore {
  /** Returns its position. */
  add(pixels: Uint8Array): number
  /** Valid until the next read: the bytes may be a shared buffer. */
  read(index: number): Uint8Array
  close(): void
}

const MEMORY_LIMIT = 768 * 2 ** 20

/**
 * Keeps pictures in memory up to a limit, later ones in `spillFile`, which is removed on close.
 * Throws what the file system throws (ENOSPC) when that cannot grow.
 */
export function openPieceStore(spillFile: string, memoryLimit = MEMORY_LIMIT): PieceStore {
  const pieces: (Uint8Array | { start: number; length: number })[] = []
  let inMemory = 0
  let inFile = 0
  let descriptor: number | null = null
  let buffer = new Uint8Array(0)
  return {
    add(pixels) {
      if (inMemory + pixels.length <= memoryLimit) {
        inMemory += pixels.length
        return pieces.push(pixels) - 1
      }
      descriptor ??= openSync(spillFile, 'w+')
      writeSync(descriptor, pixels, 0, pixels.length, inFile)
      inFile += pixels.length
      return pieces.push({ start: inFile - pixels.length, length: pixels.length }) - 1
    },
    read(index) {
      const piece = pieces[index]
      if (!piece) throw new RangeError(`there is no picture ${index}`)
      if (piece instanceof Uint8Array) return piece
      if (buffer.length < piece.length) buffer = new Uint8Array(piece.length)
      if (descriptor !== null) readSync(descriptor, buffer, 0, piece.length, piece.start)
      return buffer.subarray(0, piece.length)
    },
    close() {
      if (descriptor === null) return
      closeSync(descriptor)
      descriptor = null
      rmSync(spillFile, { force: true })
    },
  }
}
