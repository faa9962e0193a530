import { rm } from 'node:fs/promises'
import type { MultipartFile } from '@fastify/multipart'
import {
  AppError,
  type DuplicateChoice,
  type ImageId,
  type Import,
  type ImportId,
  type UploadItem,
} from '@vesalius/contracts'
import type { FastifyRequest } from 'fastify'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { cleanImageName } from '../images/image-name.ts'
import type { ImportParts } from '../imports/import-images.job.ts'
import { takeArchive } from '../imports/receive-import.ts'
import { receiveFile } from './receive-file.ts'
import { isArchive } from './sniff-format.ts'
import { asProblem, duplicateChoice, takeFile } from './take-file.ts'
import { asUploadError } from './upload-error.ts'
import { UploadFields } from './upload-fields.ts'

/** Files checked and stored while the next ones still arrive. */
const FILES_UNDER_WAY = 4
const NAMELESS = 'image'

interface Target {
  user: SignedIn
  project: ProjectRow
  /** Undefined: as the project says. */
  duplicates: DuplicateChoice | undefined
}

export interface Received {
  items: UploadItem[]
  /** Zip archives, which go on in the background. */
  imports: Import[]
}

/**
 * Takes the files of one upload: each answers for itself, in the order they were sent. When the upload breaks off, the
 * files before count and the break is told behind them. Throws AppError when there was no file at all.
 */
export async function receiveUpload(parts: ImportParts, request: FastifyRequest, target: Target): Promise<Received> {
  const answers: Promise<UploadItem | Import>[] = []
  const fields = new UploadFields()
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        fields.add(part.fieldname, part.value, part.valueTruncated === true)
        continue
      }
      answers.push((await receivePart(parts, part, fields, target)).answer)
      await answers.at(-FILES_UNDER_WAY)
    }
  } catch (error) {
    if (answers.length === 0) throw asUploadError(error)
    answers.push(Promise.resolve({ name: '', error: asProblem(parts, asUploadError(error)) }))
  }
  if (answers.length === 0) throw new AppError('VALIDATION_FAILED', 'The upload holds no file in the field "file".')
  const all = await Promise.all(answers)
  return {
    items: all.filter((answer): answer is UploadItem => !('state' in answer)),
    imports: all.filter((answer): answer is Import => 'state' in answer),
  }
}

/** Reads a part to its end and begins to work on it; `answer` tells what becomes of it and never fails. */
async function receivePart(
  parts: ImportParts,
  part: MultipartFile,
  fields: UploadFields,
  target: Target,
): Promise<{ answer: Promise<UploadItem | Import> }> {
  const { config, storage } = parts
  const name = cleanImageName(unescapeFileName(part.filename ?? '')) || NAMELESS
  const refuse = (error: unknown) => ({ name, error: asProblem(parts, error) })
  const limits = { picture: config.maxFileBytes, archive: config.maxArchiveBytes }
  const received = receiveFile(part.file, storage.scratchDirectory, limits, { drains: true })
  const [file, said] = await Promise.allSettled([received, takeFields(part, fields, target.project)])
  // Anything but a refusal means that the form itself broke off.
  if (file.status === 'rejected' && !(file.reason instanceof AppError)) throw file.reason
  if (file.status === 'rejected') return { answer: Promise.resolve(refuse(file.reason)) }
  if (said.status === 'rejected') {
    await rm(file.value.path, { force: true })
    return { answer: Promise.resolve(refuse(said.reason)) }
  }
  if (isArchive(file.value.head)) {
    return { answer: takeArchive(parts, file.value, { ...target, id: newId<ImportId>(), name }).catch(refuse) }
  }
  const duplicates = duplicateChoice(target.project, target.duplicates)
  const arrival = { ...target, id: newId<ImageId>(), name, file: file.value, ...said.value, duplicates }
  return { answer: takeFile(parts, arrival) }
}

async function takeFields(part: MultipartFile, fields: UploadFields, project: ProjectRow) {
  const said = fields.take(project)
  if (part.fieldname !== 'file') throw new AppError('VALIDATION_FAILED', 'Files are sent in the field "file".')
  return said
}

/** Browsers escape exactly these characters of a file name in a form (WHATWG HTML, multipart/form-data encoding). */
function unescapeFileName(name: string): string {
  return name.replaceAll('%22', '"').replaceAll(/%0[AD]/g, ' ')
}
