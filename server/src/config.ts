import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ShownSetting } from '@vesalius/contracts'
import { z } from 'zod'
import { showSettings } from './features/administration/shown-settings.ts'
import type { CdnSettings } from './features/cdn/cdn-address.ts'
import { DIRECTORY_FIELDS, type DirectorySettings, readDirectory } from './features/directory/directory-settings.ts'
import { isProviderVariable, type ProviderSettings, readProviders } from './features/providers/provider-settings.ts'
import { JOB_KINDS, type JobKind } from './jobs/job-kinds.ts'
import { readStorageSettings, type StorageSettings } from './storage/storage-settings.ts'
import { readTracing, type TracingSettings } from './tracing/tracing.ts'

const PREFIX = 'VESALIUS_'

/** Entries with commas between them. */
const list = () =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    )

/** Every setting, its default and its meaning; the only reader of the environment. */
const Settings = z.object({
  DATA_DIR: z.string().default('./data').describe('Folder of users, models and the embedded database'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; loopback unless told otherwise'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080).describe('Port to listen on; 0 takes a free one'),
  PUBLIC_URL: z.url().optional().describe('Address under which people reach this installation'),
  TRUSTED_PROXIES: list().describe(
    'Addresses and ranges of proxies in front, with commas; what they say of the client is believed',
  ),
  CDN_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of a CDN in front of this installation: previews and tiles go through it'),
  CDN_SECONDS: z.coerce
    .number()
    .int()
    .min(60)
    .max(86_400)
    .default(900)
    .describe('How long an address of a picture at the CDN holds at least; at most twice as long'),
  CDN_ALIYUN_SECRET: z
    .string()
    .optional()
    .describe('Key of "URL signing, type A" of Aliyun CDN, whose edge then checks addresses too'),
  CDN_PURGE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address that is told, by POST, which paths the CDN must drop: of deleted images'),
  CDN_PURGE_SECRET: z
    .string()
    .optional()
    .describe('Sent along to that address as Authorization: Bearer; of Aliyun: the secret of the AccessKey'),
  CDN_PURGE_ALIYUN_KEY_ID: z
    .string()
    .optional()
    .describe('AccessKey of Aliyun that may call RefreshObjectCaches, which is then told what to drop'),
  DATABASE_URL: z.string().startsWith('postgres').optional().describe('PostgreSQL server; embedded when missing'),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .max(200)
    .default(10)
    .describe('Connections to the database server for requests and jobs of this process; it uses up to 9 more besides'),
  STORAGE_URL: z
    .string()
    .regex(/^(s3|oss):\/\//, 'begins with s3:// or oss://')
    .optional()
    .describe(
      'Bucket for files instead of the data folder: s3://name/prefix?endpoint=…&region=…&sse=…&kms=…&public=…, or oss://name/prefix?region=…',
    ),
  STORAGE_KEY_ID: z.string().optional().describe("Access key id for that bucket; without it the machine's own role"),
  STORAGE_KEY_SECRET: z.string().optional().describe('Secret access key for that bucket'),
  STORAGE_MOVING: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      'Files that are not in the bucket yet are read from the data folder, while `vesalius storage migrate` moves them',
    ),
  CACHE_GB: z.coerce
    .number()
    .min(0.1)
    .max(100_000)
    .default(20)
    .describe('Room on this machine for files of the bucket that programs need as files, in GiB'),
  ROLE: z.enum(['all', 'api', 'worker']).default('all').describe('What this process does'),
  WORKER_KINDS: list()
    .pipe(z.array(z.enum(JOB_KINDS)))
    .describe('Kinds of jobs this worker takes, with commas (prelabel, train, exchange, general); all when empty'),
  DRAIN_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(300)
    .default(0)
    .describe('How long a stopping process still takes requests while /readyz already says no'),
  STOP_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(20)
    .describe('How long a stopping process lets requests and short jobs finish'),
  SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('Key that signs sessions; made and kept in the data folder if missing'),
  MAX_FILE_MB: z.coerce.number().int().min(1).max(2048).default(256).describe('Largest accepted image file, in MiB'),
  MAX_MEGAPIXELS: z.coerce
    .number()
    .int()
    .min(1)
    .max(2000)
    .default(400)
    .describe('Largest accepted image, in megapixels'),
  PRELABEL_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2).describe('Images pre-labelled at a time'),
  BIN_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(3650)
    .default(30)
    .describe('Days after which what is in the bin is removed for good; 0 keeps it until a person does'),
  MAX_ARCHIVE_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(16_384)
    .describe('Largest accepted zip archive of images, in MiB'),
  IMPORT_DIRS: list().describe('Folders of this machine from which people may import images, with commas'),
  IMPORT_DIRS_FOR: z
    .enum(['everyone', 'administrators'])
    .default('everyone')
    .describe('Who may look through those folders and import from them, into projects they manage'),
  IMPORT_BUCKETS: list().describe(
    'Buckets that imports read with the keys below, with commas: s3://name?endpoint=…&region=… or oss://name?region=…',
  ),
  IMPORT_KEY_ID: z.string().optional().describe('Access key id for those buckets'),
  IMPORT_KEY_SECRET: z.string().optional().describe('Secret access key for those buckets'),
  OUTGOING_ALLOW: list().describe(
    'Hosts, addresses and ranges (10.0.0.0/8) inside your network that the server may call for people, with commas',
  ),
  DICOMWEB_ORIGINS: list().describe(
    'Origins of DICOM viewers elsewhere (https://viewer.example.org) that may read /dicomweb with a token, with commas',
  ),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//)
    .optional()
    .describe('Mail server (smtp://user:password@host:port); without it mail waits in the outbox of administrators'),
  MAIL_FROM: z.string().default('Vesalius <vesalius@localhost>').describe('Sender of mail'),
  ...DIRECTORY_FIELDS,
  CONFIRM_EMAIL: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('Whether a new account has to open a link sent to its mail address before its password works'),
  OTLP_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Where traces go (OTLP over HTTP, http://host:4318); none are made without it or the variables of OpenTelemetry',
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least severe log line'),
})

export const settingsSchema = Settings

export interface Config {
  readonly dataDirectory: string
  readonly host: string
  readonly port: number
  readonly publicUrl: string | null
  /** Null: pictures come from here only. */
  readonly cdn: CdnSettings | null
  readonly trustedProxies: readonly string[]
  readonly databaseUrl: string | null
  readonly databasePool: number
  readonly role: 'all' | 'api' | 'worker'
  /** Kinds of jobs this process takes. */
  readonly workerKinds: readonly JobKind[]
  readonly drainMs: number
  readonly stopMs: number
  readonly secret: string | null
  readonly maxFileBytes: number
  readonly maxPixels: number
  readonly prelabelConcurrency: number
  readonly binDays: number
  readonly maxArchiveBytes: number
  readonly importDirectories: readonly string[]
  readonly importDirectoriesFor: 'everyone' | 'administrators'
  readonly storage: StorageSettings
  readonly importBuckets: { buckets: readonly string[]; keys: { id: string; secret: string } | null }
  readonly outgoingAllow: readonly string[]
  readonly dicomwebOrigins: readonly string[]
  readonly smtpUrl: string | null
  readonly mailFrom: string
  readonly confirmsEmail: boolean
  readonly signInProviders: readonly ProviderSettings[]
  readonly directory: DirectorySettings | null
  readonly tracing: TracingSettings | null
  readonly logLevel: z.infer<typeof Settings>['LOG_LEVEL']
  /** What administrators see of the settings. */
  readonly shown: readonly ShownSetting[]
  /** Variables with our prefix that no setting knows. */
  readonly unknown: readonly string[]
}

export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Reads and checks the environment. Throws ConfigError that lists every problem at once. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const { values, unknown } = collect(environment)
  const parsed = Settings.safeParse(values)
  const { providers: signInProviders, problems } = readProviders(values)
  if (signInProviders.length > 0 && !values.PUBLIC_URL) problems.push('PUBLIC_URL: sign-in services need it')
  if (!parsed.success) problems.push(...parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  const { directory, problems: others } = parsed.success
    ? readDirectory(parsed.data)
    : { directory: null, problems: [] }
  problems.push(...others)
  if (!parsed.success || problems.length > 0) {
    const lines = problems.map((problem) => `  ${PREFIX}${problem}`)
    throw new ConfigError(`The settings need attention:\n${lines.join('\n')}`)
  }
  const settings = parsed.data
  if (settings.SECRET && new Set(settings.SECRET).size < 8) {
    throw new ConfigError(`${PREFIX}SECRET is too simple: use 32 or more random characters`)
  }
  if (settings.STORAGE_MOVING === 'on' && !settings.STORAGE_URL) {
    throw new ConfigError(`${PREFIX}STORAGE_MOVING needs ${PREFIX}STORAGE_URL: where files move to`)
  }
  if (settings.ROLE !== 'all' && !settings.DATABASE_URL) {
    throw new ConfigError(
      `${PREFIX}ROLE=${settings.ROLE} needs ${PREFIX}DATABASE_URL: the embedded database serves one process`,
    )
  }
  return Object.freeze({
    dataDirectory: resolve(settings.DATA_DIR),
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL ?? null,
    trustedProxies: settings.TRUSTED_PROXIES,
    cdn: readCdn(settings),
    databaseUrl: settings.DATABASE_URL ?? null,
    databasePool: settings.DATABASE_POOL,
    role: settings.ROLE,
    workerKinds: kindsOf(settings),
    drainMs: settings.DRAIN_SECONDS * 1000,
    stopMs: settings.STOP_SECONDS * 1000,
    secret: settings.SECRET ?? null,
    maxFileBytes: settings.MAX_FILE_MB * 1024 * 1024,
    maxPixels: settings.MAX_MEGAPIXELS * 1_000_000,
    prelabelConcurrency: settings.PRELABEL_CONCURRENCY,
    binDays: settings.BIN_DAYS,
    maxArchiveBytes: settings.MAX_ARCHIVE_MB * 1024 * 1024,
    importDirectories: settings.IMPORT_DIRS.map((path) => resolve(path)),
    importDirectoriesFor: settings.IMPORT_DIRS_FOR,
    storage: readStorageSettings(settings),
    importBuckets: { buckets: settings.IMPORT_BUCKETS, keys: readKeys(settings) },
    outgoingAllow: settings.OUTGOING_ALLOW,
    dicomwebOrigins: settings.DICOMWEB_ORIGINS,
    smtpUrl: settings.SMTP_URL ?? null,
    mailFrom: settings.MAIL_FROM,
    confirmsEmail: settings.CONFIRM_EMAIL === 'yes',
    signInProviders,
    directory,
    tracing: readTracing(environment, settings.OTLP_URL),
    logLevel: settings.LOG_LEVEL,
    shown: showSettings(Settings, settings, values),
    unknown,
  })
}

function readCdn(settings: z.infer<typeof Settings>): CdnSettings | null {
  const { CDN_URL, CDN_SECONDS, CDN_ALIYUN_SECRET } = settings
  if (!CDN_URL) return null
  return {
    url: CDN_URL.replace(/\/+$/, ''),
    windowSeconds: CDN_SECONDS,
    aliyunKey: CDN_ALIYUN_SECRET ?? null,
    purge: readPurge(settings),
  }
}

function readPurge(settings: z.infer<typeof Settings>): CdnSettings['purge'] {
  const { CDN_PURGE_URL, CDN_PURGE_SECRET, CDN_PURGE_ALIYUN_KEY_ID: keyId } = settings
  if (keyId) {
    const aliyun = { keyId, keySecret: CDN_PURGE_SECRET ?? '' }
    return { url: CDN_PURGE_URL ?? 'https://cdn.aliyuncs.com/', token: null, aliyun }
  }
  return CDN_PURGE_URL ? { url: CDN_PURGE_URL, token: CDN_PURGE_SECRET ?? null } : null
}

function kindsOf({ ROLE, WORKER_KINDS }: z.infer<typeof Settings>): readonly JobKind[] {
  if (ROLE === 'api') return []
  return WORKER_KINDS.length > 0 ? WORKER_KINDS : JOB_KINDS
}

function readKeys({ IMPORT_KEY_ID: id, IMPORT_KEY_SECRET: secret }: z.infer<typeof Settings>) {
  return id && secret ? { id, secret } : null
}

const isKnown = (name: string) => name in Settings.shape || isProviderVariable(name)

/** Settings by variable, or by `<variable>_FILE` that names a file holding the value. */
function collect(environment: Readonly<Record<string, string | undefined>>) {
  const values: Record<string, string> = {}
  const unknown: string[] = []
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || value === undefined || value === '') continue
    const name = variable.slice(PREFIX.length)
    if (isKnown(name)) values[name] = value
    else if (name.endsWith('_FILE') && isKnown(name.slice(0, -5))) {
      values[name.slice(0, -5)] = readSecretFile(variable, value)
    } else unknown.push(variable)
  }
  return { values, unknown }
}

function readSecretFile(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new ConfigError(`${variable} names a file that cannot be read: ${path}`, { cause })
  }
}
