import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '@vesalius/contracts'

/**
 * Signatures of messages as Standard Webhooks 1.0 writes them: HMAC-SHA256 of `id.timestamp.body` under each valid secret.
 * Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
 */

const PREFIX = 'whsec_'
/** How old or how early a message may be. */
export const TOLERANCE_SECONDS = 300
const MOST_SIGNATURES = 8
const KEY_BYTES = 32

export interface WebhookHeaders {
  'webhook-id': string
  'webhook-timestamp': string
  'webhook-signature': string
}

export const makeSecret = (): string => PREFIX + randomBytes(KEY_BYTES).toString('base64')

/** `secrets`: every one that is valid, so that whoever checks may know the older or the newer. */
export function signMessage(
  secrets: readonly string[],
  { id, body, now = new Date() }: { id: string; body: string; now?: Date },
): WebhookHeaders {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signature = secrets.map((secret) => `v1,${digest(secret, id, timestamp, body).toString('base64')}`).join(' ')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
}

/** The message's id. Throws WRONG_CREDENTIALS where the headers are not those of somebody with a secret, or too old. */
export function checkMessage(
  secrets: readonly string[],
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Uint8Array,
  now = new Date(),
): string {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = headers
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof given !== 'string') {
    throw refused('The headers webhook-id, webhook-timestamp and webhook-signature are missing.')
  }
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) throw refused('The headers cannot be read.')
  const signatures = given.split(' ').slice(0, MOST_SIGNATURES)
  const isSigned = secrets.some((secret) => {
    const expected = digest(secret, id, timestamp, body)
    return signatures.some((text) => isSame(text, expected))
  })
  if (!isSigned) throw refused('The signature is not one of this project.')
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    throw refused('The message is too old, or the clock of its sender is wrong.')
  }
  return id
}

function digest(secret: string, id: string, timestamp: string, body: string | Uint8Array): Buffer {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
}

function isSame(text: string, expected: Buffer): boolean {
  if (!text.startsWith('v1,')) return false
  const given = Buffer.from(text.slice('v1,'.length), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const refused = (message: string) => new AppError('WRONG_CREDENTIALS', message)
