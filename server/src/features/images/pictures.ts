import { AppError } from '@vesalius/contracts'
import { PictureProcess } from './picture-process.ts'
import type {
  FramesTask,
  Inspected,
  InspectTask,
  PictureReply,
  PictureTask,
  PreviewTask,
  TilesTask,
} from './picture-protocol.ts'

/** Decodes picture files in child processes of bounded time, memory and number. */
export interface Pictures {
  /** Decodes and cleans the whole file. Throws AppError with a FILE_* code when it is not to be taken. */
  inspect(task: Omit<InspectTask, 'kind'>): Promise<Inspected>
  /** Writes a preview file. Throws AppError with a FILE_* code when the picture cannot be decoded. */
  preview(task: Omit<PreviewTask, 'kind'>): Promise<void>
  /** Writes all samples at full depth as a frame file. Throws AppError with a FILE_* code. */
  frames(task: Omit<FramesTask, 'kind'>): Promise<void>
  /** Writes a pyramid of tiles as one zip. Throws AppError with a FILE_* code. */
  tiles(task: Omit<TilesTask, 'kind'>): Promise<void>
  close(): Promise<void>
}

export interface PicturesOptions {
  maxPixels: number
  /** Key by which UIDs are replaced. */
  secret: string
  children?: number
  timeLimitMs?: number
  memoryLimitBytes?: number
}

const MAX_WAITING = 5000
/** Hundreds of millions of pixels are decoded, halved and encoded. */
const TILES_TIME_LIMIT_MS = 5 * 60_000

export function openPictures({
  maxPixels,
  secret,
  children = 2,
  timeLimitMs = 60_000,
  memoryLimitBytes = 3 * 1024 ** 3,
}: PicturesOptions): Pictures {
  const idle = Array.from({ length: children }, () => new PictureProcess())
  const all = [...idle]
  const waiting: ((process: PictureProcess | null) => void)[] = []

  const take = (): Promise<PictureProcess | null> => {
    const free = idle.pop()
    if (free) return Promise.resolve(free)
    if (waiting.length >= MAX_WAITING) return Promise.resolve(null)
    return new Promise((resolve) => waiting.push(resolve))
  }
  const run = async (task: PictureTask): Promise<Inspected | null> => {
    const process = await take()
    if (!process) throw new AppError('UNAVAILABLE', 'Too many pictures wait to be decoded. Try again in a moment.')
    try {
      const limitMs = task.kind === 'tiles' ? TILES_TIME_LIMIT_MS : timeLimitMs
      return inspectedOf(await process.run({ ...task, maxPixels, secret, memoryLimitBytes }, limitMs))
    } finally {
      const next = waiting.shift()
      if (next) next(process)
      else idle.push(process)
    }
  }

  return {
    async inspect(task) {
      const inspected = await run({ kind: 'inspect', ...task })
      if (!inspected) throw new Error('the decoding process answered without facts')
      return inspected
    },
    async preview(task) {
      await run({ kind: 'preview', ...task })
    },
    async frames(task) {
      await run({ kind: 'frames', ...task })
    },
    async tiles(task) {
      await run({ kind: 'tiles', ...task })
    },
    async close() {
      for (const resolve of waiting.splice(0)) resolve(null)
      await Promise.all(all.map((process) => process.close()))
    },
  }
}

function inspectedOf(reply: PictureReply): Inspected | null {
  if ('code' in reply) throw new AppError(reply.code, reply.message)
  return reply.inspected
}
