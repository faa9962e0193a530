import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The key that signs sessions: the configured one, or one made at the first start and kept in the data folder. */
export function loadSecret(configured: string | null, dataDirectory: string): string {
  if (configured) return configured
  const file = join(dataDirectory, 'secret')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const secret = randomBytes(48).toString('base64url')
  mkdirSync(dataDirectory, { recursive: true })
  writeFileSync(`${file}.new`, secret, { mode: 0o600, flush: true })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
  return secret
}

/** A key for one purpose, which tells nothing of the secret. */
export function deriveSecret(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url')
}
