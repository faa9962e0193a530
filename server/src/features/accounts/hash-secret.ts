import { createHash } from 'node:crypto'

/** What the database keeps of a secret of 256 random bits: its SHA-256 in hexadecimal. Too quick for passwords. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
