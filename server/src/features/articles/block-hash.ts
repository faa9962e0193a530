import { createHash } from 'node:crypto'

/** SHA-256 of a block's text: its entity tag, and the name under which the text is kept. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
