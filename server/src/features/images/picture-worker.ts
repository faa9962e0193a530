import { inspectFile } from './inspect-file.ts'
import { restrictDecoders } from './open-picture.ts'
import { PictureError } from './picture-error.ts'
import { OUT_OF_MEMORY_EXIT, type PictureReply, type PictureRequest } from './picture-protocol.ts'
import { writeFrameFile } from './write-frames.ts'
import { writePreview } from './write-preview.ts'
import { writeTiles } from './write-tiles.ts'

/** The child process that decodes: whatever a hostile file does to a decoder ends here, never in the server. */

const MEMORY_LOOK_MS = 100
let memoryLimitBytes = Number.POSITIVE_INFINITY

restrictDecoders()
setInterval(() => {
  if (process.memoryUsage.rss() > memoryLimitBytes) process.exit(OUT_OF_MEMORY_EXIT)
}, MEMORY_LOOK_MS).unref()

process.on('disconnect', () => process.exit(0))
process.on('message', async (request: PictureRequest) => {
  memoryLimitBytes = request.memoryLimitBytes
  process.send?.(await answer(request))
})

async function answer(request: PictureRequest): Promise<PictureReply> {
  try {
    if (request.kind === 'inspect') return { inspected: await inspectFile(request, request) }
    if (request.kind === 'preview') await writePreview(request, request.maxPixels)
    else if (request.kind === 'tiles') await writeTiles(request, request.maxPixels)
    else await writeFrameFile(request, request.maxPixels)
    return { inspected: null }
  } catch (error) {
    if (error instanceof PictureError) return { code: error.code, message: error.message }
    return { code: 'FILE_DAMAGED', message: 'The picture cannot be decoded.' }
  }
}
