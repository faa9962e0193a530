import { rm } from 'node:fs/promises'
import { AppError, type DuplicateChoice, type Import, type ImportId } from '@vesalius/contracts'
import type { FastifyRequest } from 'fastify'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { cleanImageName } from '../images/image-name.ts'
import { type ReceivedFile, receiveFile } from '../ingest/receive-file.ts'
import { asUploadError } from '../ingest/upload-error.ts'
import { openArchive } from './archive-source.ts'
import type { ImportParts } from './import-images.job.ts'
import { acceptImport } from './imports.service.ts'
import { removeStaged, type StagedFile, stageFile, writeManifest } from './staging.ts'

const MOST_SENT = 20_000

interface Target {
  user: SignedIn
  project: ProjectRow
  duplicates: DuplicateChoice | undefined
}

/** Keeps the files of a form for the background; they are looked at there. Throws AppError, then nothing is kept. */
export async function receiveImport(parts: ImportParts, request: FastifyRequest, target: Target): Promise<Import> {
  const { config, storage } = parts
  const id = newId<ImportId>()
  const limits = { picture: config.maxFileBytes, archive: config.maxArchiveBytes }
  const files: StagedFile[] = []
  try {
    const bounds = { files: MOST_SENT, parts: MOST_SENT, fields: 0, fileSize: config.maxArchiveBytes }
    for await (const part of request.parts({ limits: bounds })) {
      if (part.type === 'field') continue
      const received = await receiveFile(part.file, storage.scratchDirectory, limits)
      const name = cleanImageName(part.filename ?? '') || 'image'
      files.push(await stageFile(storage, id, received, name))
    }
    if (files.length === 0) throw new AppError('VALIDATION_FAILED', 'The upload holds no file in the field "file".')
    await writeManifest(storage, id, files)
    const source = files.length === 1 ? (files[0]?.name ?? '') : String(files.length)
    return await acceptImport(parts, { ...target, id, kind: files.length === 1 ? 'archive' : 'files', source })
  } catch (error) {
    await removeStaged(storage, id)
    throw error instanceof AppError ? error : asUploadError(error)
  }
}

/**
 * A received zip archive becomes an import, under the given id. What its directory alone shows to be wrong is refused
 * here: AppError ARCHIVE_UNUSABLE. Takes the file over.
 */
export async function takeArchive(
  parts: ImportParts,
  received: Pick<ReceivedFile, 'path' | 'byteSize'>,
  target: Target & { id: ImportId; name: string },
): Promise<Import> {
  const { storage } = parts
  try {
    const archive = await openArchive(received.path, received)
    await archive.close()
    await writeManifest(storage, target.id, [await stageFile(storage, target.id, received, target.name)])
    return await acceptImport(parts, { ...target, kind: 'archive', source: target.name })
  } catch (error) {
    await removeStaged(storage, target.id)
    throw error
  } finally {
    await rm(received.path, { force: true })
  }
}
