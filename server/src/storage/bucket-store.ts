import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, link, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { PreviewCache } from '../features/images/preview-cache.ts'
import type { ObjectStore, StoredObject } from './storage.ts'
import type { BucketStoreSettings } from './storage-settings.ts'

/** Larger files go up in pieces, some at a time. */
const PIECE_BYTES = 16 * 1024 ** 2
const PIECES_AT_ONCE = 3
const LINK_SECONDS = 900
const MOST_TRIES = 5

/**
 * Objects of S3 and what speaks like it under the same keys as in a folder. A put replaces an object whole, and what is
 * put is seen by everybody at once, so both have the guarantees of the folder.
 */
export function openBucketStore(
  settings: BucketStoreSettings,
  { cache, workDirectory }: { cache: PreviewCache; workDirectory: string },
): ObjectStore {
  const client = openClient(settings, settings.endpoint)
  const linking = settings.publicEndpoint ? openClient(settings, settings.publicEndpoint) : null
  const { encryption, prefix } = settings
  const at = (key: string) => ({ Bucket: settings.name, Key: `${prefix}${safe(key)}` })
  const how = encryption
    ? {
        ServerSideEncryption: encryption.kind,
        ...(encryption.keyId ? { SSEKMSKeyId: encryption.keyId } : {}),
      }
    : {}

  const put = async (key: string, bytes: Uint8Array) => {
    const ContentMD5 = createHash('md5').update(bytes).digest('base64')
    await client.send(new PutObjectCommand({ ...at(key), ...how, Body: bytes, ContentMD5 }))
    await cache.forget(cacheName(key))
  }
  const open = async (key: string, range?: { start: number; end: number }) => {
    const Range = range ? { Range: `bytes=${range.start}-${range.end}` } : {}
    const { Body } = await client.send(new GetObjectCommand({ ...at(key), ...Range }))
    return Body as Readable
  }
  const localFile = (key: string) =>
    cache.get(cacheName(key), async (target) => pipeline(await open(key), createWriteStream(target)))
  const workFolder = async (folder: string) => {
    const path = join(workDirectory, safe(folder))
    await mkdir(path, { recursive: true })
    return path
  }
  const remove = async (key: string) => {
    await client.send(new DeleteObjectCommand(at(key)))
    await cache.forget(cacheName(key))
  }

  async function* list(folder: string): AsyncGenerator<StoredObject> {
    let ContinuationToken: string | undefined
    do {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: settings.name,
          Prefix: `${prefix}${safe(folder)}`,
          ...(ContinuationToken ? { ContinuationToken } : {}),
        }),
      )
      for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
        yield { key: Key.slice(prefix.length), byteSize: Size, changedAt: LastModified?.getTime() ?? 0 }
      }
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (ContinuationToken)
  }

  return {
    write: (key, bytes) => put(key, typeof bytes === 'string' ? Buffer.from(bytes) : bytes),
    async adopt(key, file) {
      const { size } = await stat(file)
      if (size <= PIECE_BYTES) await put(key, await readFile(file))
      else {
        const Body = createReadStream(file)
        const params = { ...at(key), ...how, Body }
        await new Upload({ client, params, partSize: PIECE_BYTES, queueSize: PIECES_AT_ONCE }).done()
        await cache.forget(cacheName(key))
      }
      // What was just received is wanted soon.
      await cache.get(cacheName(key), (target) => move(file, target))
      await rm(file, { force: true })
    },
    async read(key) {
      const chunks: Buffer[] = []
      for await (const chunk of await open(key)) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks)
    },
    stream: (key, range) =>
      Readable.from(
        (async function* () {
          yield* (await open(key, range)) as AsyncIterable<Buffer>
        })(),
        { objectMode: false },
      ),
    async size(key) {
      try {
        return (await client.send(new HeadObjectCommand(at(key)))).ContentLength ?? 0
      } catch (error) {
        if (error instanceof NotFound || (error as Error).name === 'NoSuchKey') return null
        throw error
      }
    },
    remove,
    async removeFolder(folder) {
      for await (const { key } of list(folder)) await remove(key)
      await rm(join(workDirectory, safe(folder)), { recursive: true, force: true })
    },
    list,
    ensureFolder: async () => {},
    localFile,
    async pinFile(key, folder) {
      const path = join(await workFolder(folder), 'pinned', cacheName(key))
      if (await isThere(path)) return path
      await mkdir(dirname(path), { recursive: true })
      const file = await localFile(key)
      await link(file, path).catch(() => copyFile(file, path))
      return path
    },
    workFolder,
    link: async (key, { mediaType, disposition }) => {
      if (!linking) return null
      const command = new GetObjectCommand({
        ...at(key),
        ResponseContentType: mediaType,
        ResponseContentDisposition: disposition,
      })
      return getSignedUrl(linking, command, { expiresIn: LINK_SECONDS })
    },
  }
}

function openClient({ region, isPathStyle, keys }: BucketStoreSettings, endpoint: string | null): S3Client {
  return new S3Client({
    region,
    ...(endpoint ? { endpoint } : {}),
    forcePathStyle: isPathStyle,
    ...(keys ? { credentials: { accessKeyId: keys.id, secretAccessKey: keys.secret } } : {}),
    maxAttempts: MOST_TRIES,
    // Others than Amazon do not know the newer checksums, and store them into the object.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

function safe(key: string): string {
  if (key.startsWith('/') || key.split('/').includes('..')) throw new RangeError('storage key leaves the bucket')
  return key
}

/** Keys have no exclamation mark, so names are as different as keys; the end stays, since programs look at it. */
function cacheName(key: string): string {
  return `${createHash('sha256').update(safe(key)).digest('hex').slice(0, 32)}-${basename(key)}`
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch(() => copyFile(from, to))
}
