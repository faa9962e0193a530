import { AppError } from '@vesalius/contracts'
import type { FormatFile } from '@vesalius/formats'
import type { FastifyRequest } from 'fastify'
import { asUploadError } from '../ingest/upload-error.ts'

const MOST_FILES = 1000
const MOST_BYTES = 512 * 1024 * 1024

/** The files of a form, in memory and bounded together. Throws AppError. */
export async function receiveFiles(request: FastifyRequest): Promise<FormatFile[]> {
  if (!request.isMultipart()) throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the files as multipart/form-data.')
  const files: FormatFile[] = []
  let left = MOST_BYTES
  try {
    for await (const part of request.parts({ limits: { files: MOST_FILES, fileSize: MOST_BYTES } })) {
      if (part.type === 'field') continue
      const chunks: Uint8Array[] = []
      for await (const chunk of part.file) {
        left -= chunk.length
        if (left < 0) throw new AppError('PAYLOAD_TOO_LARGE', 'The files are too large together to import at once.')
        chunks.push(chunk)
      }
      files.push({ path: part.filename, bytes: Buffer.concat(chunks) })
    }
  } catch (error) {
    throw asUploadError(error)
  }
  if (files.length === 0) throw new AppError('VALIDATION_FAILED', 'The upload holds no file in the field "file".')
  return files
}
