/** Where files are kept, as the settings say. */
export interface StorageSettings {
  /** Null: in the data folder. */
  bucket: BucketStoreSettings | null
  /** Files not in the bucket yet are in the data folder. */
  isMoving: boolean
  /** Room for local copies of objects. */
  cacheBytes: number
}

export interface BucketStoreSettings {
  /** The same text for all who see the same objects. */
  address: string
  name: string
  /** Before every key; empty or with a slash at its end. */
  prefix: string
  endpoint: string | null
  /** Where browsers reach the same bucket; null: they do not. */
  publicEndpoint: string | null
  region: string
  /** The bucket's name in the path, not in the host. */
  isPathStyle: boolean
  encryption: { kind: 'AES256' | 'aws:kms'; keyId: string | null } | null
  keys: { id: string; secret: string } | null
}

interface Raw {
  STORAGE_URL?: string | undefined
  STORAGE_KEY_ID?: string | undefined
  STORAGE_KEY_SECRET?: string | undefined
  STORAGE_MOVING: 'on' | 'off'
  CACHE_GB: number
}

export function readStorageSettings(raw: Raw): StorageSettings {
  const keys =
    raw.STORAGE_KEY_ID && raw.STORAGE_KEY_SECRET ? { id: raw.STORAGE_KEY_ID, secret: raw.STORAGE_KEY_SECRET } : null
  return {
    bucket: raw.STORAGE_URL ? readBucketAddress(raw.STORAGE_URL, keys) : null,
    isMoving: raw.STORAGE_MOVING === 'on',
    cacheBytes: raw.CACHE_GB * 1024 ** 3,
  }
}

/** `s3://name/prefix?…` or `oss://name/prefix?…`; Aliyun's OSS is spoken to as it speaks S3. */
export function readBucketAddress(text: string, keys: BucketStoreSettings['keys']): BucketStoreSettings {
  const url = new URL(text)
  const query = url.searchParams
  const isOss = url.protocol === 'oss:'
  const region = query.get('region') ?? (isOss ? 'cn-hangzhou' : 'us-east-1')
  const own = query.get('endpoint')
  const endpoint = own ?? (isOss ? `https://s3.oss-${region}.aliyuncs.com` : null)
  const path = decodeURIComponent(url.pathname).replaceAll(/^\/+|\/+$/g, '')
  const prefix = path === '' ? '' : `${path}/`
  const sse = query.get('sse')
  const kind = sse === 'aws:kms' || query.get('kms') ? 'aws:kms' : sse ? 'AES256' : null
  return {
    address: `${endpoint ?? `s3.${region}`} ${url.hostname}/${prefix}`,
    name: url.hostname,
    prefix,
    endpoint,
    publicEndpoint: query.get('public') ?? (isOss && !own ? endpoint : null),
    region: isOss ? `oss-${region}` : region,
    // OSS refuses names in paths; of others, those with an endpoint of their own seldom have a name for each bucket.
    isPathStyle: query.get('style') ? query.get('style') === 'path' : own !== null,
    encryption: kind && { kind, keyId: query.get('kms') },
    keys,
  }
}
