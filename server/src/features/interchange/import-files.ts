import { rm } from 'node:fs/promises'
import { type AnnotationImportId, AppError } from '@vesalius/contracts'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import type { AnnotationImportRow } from '../../db/tables.ts'
import { receiveFile } from '../ingest/receive-file.ts'
import { asUploadError } from '../ingest/upload-error.ts'

type Parts = Pick<Context, 'storage'>

const MOST_FILES = 1000
const MOST_BYTES = 2 * 1024 ** 3
const LIMITS = { picture: MOST_BYTES, archive: MOST_BYTES }

export function fileKey(id: AnnotationImportId, index: number): string {
  return `annotation-imports/${id}/${index}`
}

/** What was read from the files: a line file of images, and the rest as JSON. */
export function readKeys(id: AnnotationImportId): { images: string; summary: string } {
  return { images: `annotation-imports/${id}/images.lines`, summary: `annotation-imports/${id}/summary.json` }
}

export interface Received {
  name: string
  path: string
}

/** Streams the files of a form to the scratch folder, bounded together. Throws AppError, and leaves nothing then. */
export async function receiveFiles({ storage }: Parts, request: FastifyRequest): Promise<Received[]> {
  if (!request.isMultipart()) throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the files as multipart/form-data.')
  const files: Received[] = []
  let left = MOST_BYTES
  try {
    for await (const part of request.parts({ limits: { files: MOST_FILES, fileSize: MOST_BYTES } })) {
      if (part.type === 'field') continue
      const { path, byteSize } = await receiveFile(part.file, storage.scratchDirectory, LIMITS)
      files.push({ name: part.filename, path })
      left -= byteSize
      if (left < 0 || part.file.truncated) {
        throw new AppError('PAYLOAD_TOO_LARGE', 'The files are too large together to import at once.')
      }
    }
    if (files.length === 0) throw new AppError('VALIDATION_FAILED', 'The upload holds no file in the field "file".')
    return files
  } catch (error) {
    for (const { path } of files) await rm(path, { force: true })
    throw asUploadError(error)
  }
}

export async function keepFiles({ storage }: Parts, id: AnnotationImportId, files: readonly Received[]): Promise<void> {
  for (const [index, { path }] of files.entries()) await storage.adopt(fileKey(id, index), path)
}

export async function removeFiles({ storage }: Parts, { id, files }: Pick<AnnotationImportRow, 'id' | 'files'>) {
  const { images, summary } = readKeys(id)
  for (const key of [...files.map((_, index) => fileKey(id, index)), images, summary]) await storage.remove(key)
}
