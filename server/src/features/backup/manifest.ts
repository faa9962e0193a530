import { z } from 'zod'

const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/** What one backup holds. Written last: a folder without it is no backup. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  version: z.string(),
  madeAt: z.iso.datetime(),
  /** The schema of the rows, as the migrations that made it. */
  migrations: z.array(z.string()),
  /** Of the key under which second factors and sessions are sealed; the key itself is not in the backup. */
  secretDigest: Digest,
  tables: z.record(z.string(), z.strictObject({ rows: z.int(), sha256: Digest })),
  blobs: z.int(),
  bytes: z.int(),
  /** Files that were removed for good while the backup ran; the rows they belong to go at a restore. */
  gone: z.array(z.string()),
})
export type Manifest = z.infer<typeof Manifest>

/** A file of the storage; its bytes lie under their hash, once for all backups. */
export const BlobEntry = z.strictObject({ key: z.string(), sha256: Digest })
export type BlobEntry = z.infer<typeof BlobEntry>

export class BackupError extends Error {
  override name = 'BackupError'
}
