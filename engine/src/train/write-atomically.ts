import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file that is there whole or not at all, also after a power cut. Throws what the file system throws. */
export function writeFileAtomically(file: string, parts: readonly Uint8Array[]): void {
  const temporary = `${file}.tmp`
  const descriptor = openSync(temporary, 'w')
  try {
    for (const part of parts) {
      for (let written = 0; written < part.byteLength; ) written += writeSync(descriptor, part, written)
    }
    fsyncSync(descriptor)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
  renameSync(temporary, file)
  syncFolder(dirname(file))
}

/** Makes the new name itself last; folders cannot be opened on Windows, where the rename alone has to do. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
