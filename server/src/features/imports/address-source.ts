import { AppError, type ImportId } from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import { type Bucket, listObjects, openBucket, pathOf, refusedBy } from '../../outgoing/bucket.ts'
import { receiveFile } from '../ingest/receive-file.ts'
import { type ImportSource, isIgnored, MOST_FILES } from './import-source.ts'
import { isStaged, openStaged, removeStaged, stageFile, writeManifest } from './staging.ts'

const FETCH_TIMEOUT_MS = 6 * 3600_000

type Parts = Pick<Context, 'outgoing' | 'storage' | 'config'>

/** Throws AppError VALIDATION_FAILED where it is no address that can be imported from. */
export function readAddress(text: string): URL {
  const url = URL.parse(text)
  if (!url || !['http:', 'https:', 's3:', 'oss:'].includes(url.protocol) || !url.hostname) {
    throw new AppError('VALIDATION_FAILED', 'Give an address that begins with https://, http://, s3:// or oss://.')
  }
  if (url.username || url.password) {
    throw new AppError('VALIDATION_FAILED', 'Leave user name and password out of the address.')
  }
  return url
}

/**
 * What is at an address: all objects below a key of a bucket, each fetched when its turn comes, or one file, fetched
 * whole into the import's folder first, so that an import cut off need not fetch it again. Throws AppError.
 */
export async function openAddress(
  parts: Parts,
  { address, id, signal }: { address: string; id: ImportId; signal: AbortSignal },
): Promise<ImportSource> {
  const url = readAddress(address)
  const isBucket = url.protocol === 's3:' || url.protocol === 'oss:'
  const bucket = isBucket ? openBucket(url, parts.config.importBuckets) : null
  const key = pathOf(url)
  if (bucket && (key === '' || key.endsWith('/'))) return openPrefix(parts, bucket, key, signal)
  if (!(await isStaged(parts.storage, id))) await fetchWhole(parts, { url, bucket, key, id, signal })
  return openStaged(parts.storage, id)
}

async function fetchWhole(
  parts: Parts,
  { url, bucket, key, id, signal }: { url: URL; bucket: Bucket | null; key: string; id: ImportId; signal: AbortSignal },
): Promise<void> {
  await removeStaged(parts.storage, id)
  const { maxFileBytes, maxArchiveBytes } = parts.config
  const body = await fetchBody(parts, bucket?.urlOf(key) ?? url, bucket, maxArchiveBytes, signal)
  const limits = { picture: maxFileBytes, archive: maxArchiveBytes }
  const received = await receiveFile(body, parts.storage.scratchDirectory, limits)
  const name = pathOf(url).split('/').at(-1) || url.hostname
  await writeManifest(parts.storage, id, [await stageFile(parts.storage, id, received, name)])
}

async function openPrefix(parts: Parts, bucket: Bucket, prefix: string, signal: AbortSignal): Promise<ImportSource> {
  const all = await listObjects(parts.outgoing, bucket, prefix, MOST_FILES)
  const shown = all.filter(({ key }) => !isIgnored(key))
  return {
    total: shown.length,
    ignored: all.length - shown.length,
    files: () =>
      shown.map(({ key, byteSize }) => ({
        path: key.slice(prefix.length),
        byteSize,
        problem: null,
        open: () => fetchBody(parts, bucket.urlOf(key), bucket, parts.config.maxFileBytes, signal),
      })),
    close: async () => {},
  }
}

async function fetchBody({ outgoing }: Parts, url: URL, bucket: Bucket | null, maxBytes: number, signal: AbortSignal) {
  const answer = await outgoing.request(url, {
    headers: bucket ? await bucket.sign(url) : {},
    timeoutMs: FETCH_TIMEOUT_MS,
    maxBytes,
    signal,
  })
  if (answer.status === 200) return answer.body
  answer.body.destroy()
  throw refusedBy(url, answer.status)
}
