import { decodeImage, type PixelFormat, UnreadableImageError } from './decode-image.ts'
import { openPixelStore, type PixelStore } from './pixel-store.ts'

export interface ReadPictures {
  store: PixelStore
  /** Positions that could be read, ascending; others have no pixels in the store. */
  readable: number[]
  unreadable: { index: number; reason: string }[]
}

/** Decoding leaves the processor to other work while it waits for the disk. */
const AT_ONCE = 3

/**
 * Decodes all files into a store; those that cannot be read are left out and named.
 * `onRead` hears the number done so far. Throws when the store cannot grow (ENOSPC).
 */
export async function readPictures(
  files: readonly string[],
  format: PixelFormat,
  spillFile: string,
  onRead: (done: number) => void = () => {},
): Promise<ReadPictures> {
  const store = openPixelStore(files.length, format.size * format.size * format.channels, spillFile)
  const reasons = new Map<number, string>()
  let next = 0
  let done = 0
  const work = async () => {
    while (next < files.length) {
      const index = next
      next += 1
      try {
        store.write(index, await decodeImage(files[index] ?? '', format))
      } catch (error) {
        if (!(error instanceof UnreadableImageError)) throw error
        reasons.set(index, error.message)
      }
      done += 1
      onRead(done)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const positions = files.map((_, index) => index)
  return {
    store,
    readable: positions.filter((index) => !reasons.has(index)),
    unreadable: [...reasons].sort(([a], [b]) => a - b).map(([index, reason]) => ({ index, reason })),
  }
}
