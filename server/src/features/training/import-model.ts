import { rm } from 'node:fs/promises'
import { AppError, isLearnable, type ModelVersion, type ModelVersionId } from '@vesalius/contracts'
import type { FastifyRequest } from 'fastify'
import sharp from 'sharp'
import type { Context } from '../../context.ts'
import { json } from '../../db/json.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import { cleanImageName } from '../images/image-name.ts'
import { receiveFile } from '../ingest/receive-file.ts'
import { asUploadError } from '../ingest/upload-error.ts'
import { holderOf, refuseBeyondStorage } from '../quotas/quota.ts'
import { type InspectedModel, inspectModel } from './inspect-model.ts'
import { presentModel } from './present.ts'
import { nextModelNumber } from './training.queries.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events' | 'predictor'>

const MAXIMUM_BYTES = 1024 ** 3
/** Whatever its first bytes look like. */
export const MODEL_LIMITS = { picture: MAXIMUM_BYTES, archive: MAXIMUM_BYTES }
const TRIAL_SIDE = 64

/**
 * Makes a candidate of an ONNX file in the form field `file`. The file is looked at within bounds, then asked about one
 * grey picture in the prediction process, so that nothing is kept that cannot answer. Throws MODEL_UNUSABLE.
 */
export async function importModelFile(parts: Parts, request: FastifyRequest, project: ProjectRow) {
  if (!isLearnable(project.task_type)) {
    throw new AppError('TASK_TYPE_UNSUPPORTED', 'Images of this task type have nothing to learn.')
  }
  return adoptModel(parts, project, await receiveModel(parts, request))
}

/** The same for a file that is in the scratch folder, which is gone afterwards. */
export async function adoptModel(parts: Parts, project: ProjectRow, { path, name }: { path: string; name: string }) {
  try {
    const { classes, task_type: taskType } = project
    const inspected = await inspectModel({ file: path, taskType, classes })
    if (inspected.found.canPredict) await tryModel(parts, path)
    return await keepModel(parts, project, { path, name, ...inspected })
  } finally {
    await rm(path, { force: true })
  }
}

async function receiveModel({ storage }: Parts, request: FastifyRequest): Promise<{ path: string; name: string }> {
  if (!request.isMultipart()) throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the file as multipart/form-data.')
  try {
    const part = await request.file({ limits: { files: 1, fileSize: MAXIMUM_BYTES } })
    if (part?.fieldname !== 'file') throw new AppError('VALIDATION_FAILED', 'Send the model in the field "file".')
    const { path } = await receiveFile(part.file, storage.scratchDirectory, MODEL_LIMITS)
    if (!part.file.truncated) return { path, name: cleanImageName(part.filename) || 'model.onnx' }
    await rm(path, { force: true })
    throw new AppError('FILE_TOO_LARGE', 'A model file may have at most 1 GiB.')
  } catch (error) {
    throw asUploadError(error)
  }
}

/** Asks it about one grey picture in the prediction process. Throws MODEL_UNUSABLE. */
export async function tryModel({ predictor }: Pick<Parts, 'predictor'>, modelFile: string): Promise<void> {
  const picture = `${modelFile}.png`
  const size = { width: TRIAL_SIDE, height: TRIAL_SIDE, channels: 3 as const, background: '#777' }
  try {
    await sharp({ create: size }).png().toFile(picture)
    const [answer] = await predictor.predict(modelFile, [picture])
    if (!answer || 'error' in answer) throw new Error(answer?.error ?? 'no answer')
  } catch (cause) {
    throw new AppError('MODEL_UNUSABLE', 'The model cannot be used: it does not answer.', undefined, { cause })
  } finally {
    await rm(picture, { force: true })
  }
}

async function keepModel(
  { db, storage, events }: Parts,
  project: ProjectRow,
  { path, name, found, byteSize, sha256 }: InspectedModel & { path: string; name: string },
): Promise<ModelVersion> {
  const id = newId<ModelVersionId>()
  const uri = `projects/${project.id}/models/${id}.onnx`
  const forgetNote = await storage.notes.add('files', { imageId: null, keys: [uri] })
  try {
    await storage.adopt(uri, path)
    const row = await db.transaction().execute(async (trx) => {
      await refuseBeyondStorage(trx, holderOf(project), { bytes: byteSize })
      return trx
        .insertInto('model_versions')
        .values({
          id,
          project_id: project.id,
          run_id: null,
          number: await nextModelNumber(trx, project.id),
          state: 'candidate',
          classes: json(project.classes),
          class_scheme: project.class_scheme,
          metrics: null,
          lineage: null,
          imported: json({ fileName: name, ...found }),
          uri,
          byte_size: byteSize,
          sha256,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
    })
    events.publish(project.id, { kind: 'model', projectId: project.id, modelVersionId: id })
    return presentModel(row, project)
  } catch (error) {
    await storage.remove(uri)
    throw error
  } finally {
    await forgetNote()
  }
}
