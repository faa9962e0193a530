import { createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { keepOnce } from '../../storage/keep-once.ts'

/** The key that signs sessions: the configured one, or one made at the first start and kept in the data folder. */
export function loadSecret(configured: string | null, dataDirectory: string): string {
  return configured ?? keepOnce(join(dataDirectory, 'secret'), () => randomBytes(48).toString('base64url'))
}

/** A key for one purpose, which tells nothing of the secret. */
export function deriveSecret(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url')
}
