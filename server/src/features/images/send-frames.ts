import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { AppError, type FrameFacts } from '@vesalius/contracts'
import { CHANNELS, readFrameFacts, SAMPLE_ARRAYS, samplesBegin } from '@vesalius/imaging'

const FIRST_READ = 64 * 1024

/** The facts of a frame file and where its samples begin. */
export async function readFrameFile(path: string): Promise<{ facts: FrameFacts; samplesAt: number }> {
  const handle = await open(path, 'r')
  try {
    const head = await readBytes(handle, FIRST_READ)
    const samplesAt = samplesBegin(head)
    const whole = samplesAt > head.length ? await readBytes(handle, samplesAt) : head
    return { facts: readFrameFacts(whole), samplesAt }
  } finally {
    await handle.close()
  }
}

/** The samples of one frame, as bytes. Throws NOT_FOUND for a frame that there is not. */
export async function openFrame(path: string, frame: number) {
  const { facts, samplesAt } = await readFrameFile(path)
  if (frame >= facts.frames) throw new AppError('NOT_FOUND', `The image has ${facts.frames} frames, counted from 0.`)
  const { width, height, colour, sampleType } = facts
  const byteSize = width * height * CHANNELS[colour] * SAMPLE_ARRAYS[sampleType].BYTES_PER_ELEMENT
  const start = samplesAt + frame * byteSize
  return { facts, byteSize, stream: createReadStream(path, { start, end: start + byteSize - 1 }) }
}

async function readBytes(handle: FileHandle, count: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0)
  return buffer.subarray(0, bytesRead)
}
