import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError, isLearnable, type ModelVersion } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ProjectRow } from '../../db/tables.ts'
import { openBucket, pathOf } from '../../outgoing/bucket.ts'
import { cleanImageName } from '../images/image-name.ts'
import { receiveFile } from '../ingest/receive-file.ts'
import { adoptModel, MODEL_LIMITS } from './import-model.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'events' | 'predictor' | 'outgoing' | 'config'>

const TIMEOUT_MS = 5 * 60_000
const ADDRESS = /^(https?|file|s3|oss):/i

/** Whether it names a file elsewhere and not a model version of the project. */
export const isModelAddress = (uri: string): boolean => ADDRESS.test(uri)

/**
 * Imports the ONNX file at an address: `http(s):`, `s3:` and `oss:` through the guard of outgoing calls, `file:` from the
 * folder `models` of the data folder, where only who runs the server can put files. Throws VALIDATION_FAILED,
 * MODEL_UNUSABLE, or what the guard throws.
 */
export async function fetchModel(parts: Parts, project: ProjectRow, address: string): Promise<ModelVersion> {
  if (!isLearnable(project.task_type)) {
    throw new AppError('TASK_TYPE_UNSUPPORTED', 'Images of this task type have nothing to learn.')
  }
  const url = URL.parse(address)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return fetchRemote(parts, project, url)
  if (url?.protocol === 's3:' || url?.protocol === 'oss:') return fetchObject(parts, project, url)
  if (url?.protocol === 'file:') return copyLocal(parts, project, url)
  throw new AppError('VALIDATION_FAILED', 'A model is imported from an http, https, s3, oss or file address.')
}

async function fetchObject(parts: Parts, project: ProjectRow, address: URL): Promise<ModelVersion> {
  const bucket = openBucket(address, parts.config.importBuckets)
  const url = bucket.urlOf(pathOf(address))
  return fetchRemote(parts, project, url, { headers: await bucket.sign(url), maxRedirects: 0 })
}

async function fetchRemote(
  parts: Parts,
  project: ProjectRow,
  address: URL,
  options: { headers?: Record<string, string>; maxRedirects?: number } = {},
): Promise<ModelVersion> {
  const { status, url, body } = await parts.outgoing.request(address, {
    timeoutMs: TIMEOUT_MS,
    maxBytes: MODEL_LIMITS.archive,
    ...options,
  })
  if (status !== 200) {
    body.destroy()
    throw new AppError('OUTGOING_FAILED', `${url.hostname} answers ${status} instead of a model.`)
  }
  const { path } = await receiveFile(body, parts.storage.scratchDirectory, MODEL_LIMITS)
  return adoptModel(parts, project, { path, name: nameOf(pathOf(url)) })
}

async function copyLocal(parts: Parts, project: ProjectRow, address: URL): Promise<ModelVersion> {
  const file = await findLocal(join(parts.config.dataDirectory, 'models'), address)
  const { path } = await receiveFile(createReadStream(file), parts.storage.scratchDirectory, MODEL_LIMITS)
  return adoptModel(parts, project, { path, name: nameOf(file) })
}

/** The file, with all links followed, when it lies in the folder. What lies elsewhere looks as if it were not there. */
async function findLocal(folder: string, address: URL): Promise<string> {
  try {
    const file = await realpath(fileURLToPath(address))
    if (!file.startsWith((await realpath(folder)) + sep)) throw new Error('outside')
    const { size } = await stat(file)
    if (size <= MODEL_LIMITS.archive) return file
  } catch (cause) {
    const message = 'There is no such file in the folder "models" of the data folder.'
    throw new AppError('VALIDATION_FAILED', message, {}, { cause })
  }
  throw new AppError('FILE_TOO_LARGE', 'A model file may have at most 1 GiB.')
}

function nameOf(path: string): string {
  return cleanImageName(basename(path)) || 'model.onnx'
}
