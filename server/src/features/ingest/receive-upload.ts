import { rm } from 'node:fs/promises'
import type { MultipartFile } from '@fastify/multipart'
import { AppError, type ImageId, type UploadItem } from '@vesalius/contracts'
import type { FastifyRequest } from 'fastify'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { cleanImageName } from '../images/image-name.ts'
import { receiveFile } from './receive-file.ts'
import { type Arrival, asProblem, type IngestParts, takeFile } from './take-file.ts'
import { asUploadError } from './upload-error.ts'
import { UploadFields } from './upload-fields.ts'

/** Files checked and stored while the next ones still arrive. */
const FILES_UNDER_WAY = 4
const NAMELESS = 'image'

interface Target {
  user: SignedIn
  project: ProjectRow
}

/**
 * Takes the files of one upload: each answers for itself, in the order they were sent. When the upload breaks off, the
 * files before count and the break is told behind them. Throws AppError when there was no file at all.
 */
export async function receiveUpload(
  parts: IngestParts,
  request: FastifyRequest,
  target: Target,
): Promise<UploadItem[]> {
  const items: Promise<UploadItem>[] = []
  const fields = new UploadFields()
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        fields.add(part.fieldname, part.value, part.valueTruncated === true)
        continue
      }
      const arrival = await receivePart(parts, part, fields, target)
      items.push('error' in arrival ? Promise.resolve(arrival) : takeFile(parts, arrival))
      await items.at(-FILES_UNDER_WAY)
    }
  } catch (error) {
    if (items.length === 0) throw asUploadError(error)
    items.push(Promise.resolve({ name: '', error: asProblem(parts, asUploadError(error)) }))
  }
  if (items.length === 0) throw new AppError('VALIDATION_FAILED', 'The upload holds no file in the field "file".')
  return Promise.all(items)
}

/** Reads a part to its end. A refusal keeps nothing of it. */
async function receivePart(
  parts: IngestParts,
  part: MultipartFile,
  fields: UploadFields,
  target: Target,
): Promise<Arrival | (UploadItem & { error: unknown })> {
  const name = cleanImageName(unescapeFileName(part.filename ?? '')) || NAMELESS
  const file = await receiveFile(part.file, parts.storage.scratchDirectory)
  try {
    const { annotation, group } = fields.take(target.project)
    if (part.file.truncated) throw new AppError('FILE_TOO_LARGE', 'The file is larger than this server takes.')
    if (part.fieldname !== 'file') throw new AppError('VALIDATION_FAILED', 'Files are sent in the field "file".')
    return { ...target, id: newId<ImageId>(), name, file, annotation, group }
  } catch (error) {
    await rm(file.path, { force: true })
    return { name, error: asProblem(parts, error) }
  }
}

/** Browsers escape exactly these characters of a file name in a form (WHATWG HTML, multipart/form-data encoding). */
function unescapeFileName(name: string): string {
  return name.replaceAll('%22', '"').replaceAll(/%0[AD]/g, ' ')
}
