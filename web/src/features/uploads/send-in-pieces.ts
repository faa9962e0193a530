import { API_PREFIX, routes } from '@vesalius/contracts'
import { type PreviousUpload, Upload } from 'tus-js-client'
import { call } from '../../api/call.ts'
import { ApiProblem } from '../../api/problem.ts'
import type { FileResult, SendOptions, UploadFile } from './upload-queue.ts'

const PIECE_BYTES = 16 * 1024 * 1024
/** A connection that stays away longer than these together ends the try; sending again goes on where it was. */
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000]
const REMEMBERED_AS = 'vesalius-upload'

/** Sends one large file in pieces (tus 1.0). The same file chosen again, also after a reload, goes on where it stopped. */
export async function sendInPieces(
  projectId: string,
  { file, label, duplicates }: UploadFile,
  { onSent, signal }: SendOptions,
): Promise<FileResult> {
  const metadata = {
    projectId,
    filename: file.name,
    ...(label === undefined ? {} : { label }),
    ...(duplicates === undefined ? {} : { duplicates }),
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const upload = new Upload(file, {
    endpoint: `${API_PREFIX}/uploads`,
    chunkSize: PIECE_BYTES,
    retryDelays: RETRY_DELAYS_MS,
    metadata,
    fingerprint: async () => [REMEMBERED_AS, projectId, file.name, file.size, file.lastModified].join('-'),
    removeFingerprintOnSuccess: true,
    onProgress: (sent) => onSent(sent),
    onSuccess: () => resolve(),
    onError: () => reject(new ApiProblem('OFFLINE', 0)),
  })
  signal.addEventListener('abort', () => {
    void upload.abort()
    reject(new ApiProblem('OFFLINE', 0))
  })
  const [newest] = (await upload.findPreviousUploads()).sort(byAge)
  if (newest) upload.resumeFromPreviousUpload(newest)
  upload.start()
  await promise
  const uploadId = upload.url?.split('/').at(-1) ?? ''
  const { items, import: made } = await call(routes.getUpload, { params: { uploadId } })
  if (made) return { ok: true, isImport: true }
  const [item] = items
  return item && 'image' in item ? { ok: true } : { ok: false, problem: item?.error ?? { code: 'INTERNAL' } }
}

function byAge(a: PreviousUpload, b: PreviousUpload): number {
  return new Date(b.creationTime).getTime() - new Date(a.creationTime).getTime()
}

/** Names of files whose sending a reload cut off, and a way to forget them. */
export function interruptedUploads(): { names: string[]; forget: () => void } {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(`tus::${REMEMBERED_AS}`))
  const names = keys.map((key) => nameIn(localStorage.getItem(key)))
  return {
    names: names.filter((name) => name !== null),
    forget: () => {
      for (const key of keys) localStorage.removeItem(key)
    },
  }
}

function nameIn(stored: string | null): string | null {
  try {
    return (JSON.parse(stored ?? '') as PreviousUpload).metadata.filename ?? null
  } catch {
    return null
  }
}
