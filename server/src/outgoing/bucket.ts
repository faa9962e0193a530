import { text } from 'node:stream/consumers'
import { AppError } from '@vesalius/contracts'
import { AwsV4Signer } from 'aws4fetch'
import type { Outgoing } from './outgoing.ts'

/** Buckets of S3 and what speaks like it, Aliyun OSS among them; read only, one request at a time. */

export interface BucketKeys {
  id: string
  secret: string
}

export interface Bucket {
  /** Address of an object, or of the bucket itself for the key ''. */
  urlOf(key: string): URL
  /** Headers that make a request of this address one of the bucket's owner; none for buckets open to everyone. */
  sign(url: URL): Promise<Record<string, string>>
}

export interface BucketSettings {
  /** `s3://name?endpoint=…&region=…` or `oss://name?region=…`: buckets that the keys are used for. */
  buckets: readonly string[]
  keys: BucketKeys | null
}

const LIST_BYTES = 16 * 1024 ** 2
const LIST_TIMEOUT_MS = 60_000
const MOST_PAGES = 200

/**
 * The bucket an address names. The installation's keys go along only to buckets that the settings list, at the endpoint
 * they give; any other bucket is read as a stranger at its public endpoint.
 */
export function openBucket(address: URL, settings: BucketSettings): Bucket {
  const name = address.hostname
  if (!/^[a-z0-9][a-z0-9.-]{1,62}$/.test(name)) {
    throw new AppError('VALIDATION_FAILED', 'The address names no bucket.')
  }
  const listed = settings.buckets
    .map((entry) => URL.parse(entry))
    .find((entry) => entry?.protocol === address.protocol && entry.hostname === name)
  const query = (listed ?? address).searchParams
  const isOss = address.protocol === 'oss:'
  const region = query.get('region') ?? (isOss ? 'cn-hangzhou' : 'us-east-1')
  if (!/^[a-z0-9-]{2,40}$/.test(region)) throw new AppError('VALIDATION_FAILED', 'The region is no name of a region.')
  const endpoint = listed?.searchParams.get('endpoint')
  const base = endpoint
    ? new URL(`${endpoint.replace(/\/$/, '')}/${name}/`)
    : new URL(isOss ? `https://${name}.oss-${region}.aliyuncs.com/` : `https://${name}.s3.${region}.amazonaws.com/`)
  const keys = listed ? settings.keys : null
  return {
    urlOf: (key) => new URL(key.split('/').map(encodeURIComponent).join('/'), base),
    async sign(url) {
      if (!keys) return {}
      const { headers } = await new AwsV4Signer({
        url: url.href,
        accessKeyId: keys.id,
        secretAccessKey: keys.secret,
        service: 's3',
        region,
      }).sign()
      headers.delete('host')
      return Object.fromEntries(headers)
    },
  }
}

/** The path of an address without its escapes and first slash; in a bucket the key. Throws AppError VALIDATION_FAILED. */
export function pathOf(address: URL): string {
  try {
    return decodeURIComponent(address.pathname.slice(1))
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', 'The address has an escape that is no text.', {}, { cause })
  }
}

export interface BucketObject {
  key: string
  byteSize: number
}

/** Every object whose key begins with `prefix` (ListObjectsV2), at most `most`. Throws AppError. */
export async function listObjects(
  outgoing: Outgoing,
  bucket: Bucket,
  prefix: string,
  most: number,
): Promise<BucketObject[]> {
  const found: BucketObject[] = []
  let token: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const url = bucket.urlOf('')
    url.searchParams.set('list-type', '2')
    url.searchParams.set('prefix', prefix)
    if (token) url.searchParams.set('continuation-token', token)
    const answer = await outgoing.request(url, {
      headers: await bucket.sign(url),
      timeoutMs: LIST_TIMEOUT_MS,
      maxBytes: LIST_BYTES,
      maxRedirects: 0,
    })
    const body = await text(answer.body)
    if (answer.status !== 200) throw refusedBy(url, answer.status)
    for (const [, entry = ''] of body.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const key = tagOf(entry, 'Key')
      if (key && !key.endsWith('/')) found.push({ key, byteSize: Number(tagOf(entry, 'Size')) || 0 })
    }
    if (found.length > most) throw new AppError('PAYLOAD_TOO_LARGE', `There are more than ${most} files.`)
    token = tagOf(body, 'IsTruncated') === 'true' ? tagOf(body, 'NextContinuationToken') : null
    if (!token) break
  }
  return found
}

export function refusedBy(url: URL, status: number): AppError {
  return new AppError('OUTGOING_FAILED', `${url.hostname} answered ${status} instead of the file.`)
}

function tagOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
  if (found === undefined) return null
  const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
  return found.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : null
    return code === null ? (named[name] ?? all) : code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
