import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '@vesalius/contracts'
import type { FastifyReply } from 'fastify'
import type { Context } from '../../context.ts'
import type { AliyunAccess } from './ask-aliyun.ts'

/**
 * Addresses of pictures at a CDN: of content that never changes under them, and short-lived. Everyone who asks within one
 * window gets the same address, so that they share what the CDN keeps; its copy ends when the address does.
 */
export interface CdnSettings {
  /** Where the CDN is reached, with no slash at its end. */
  url: string
  /** Length of a window; an address holds for one to two of them. */
  windowSeconds: number
  /** Key of "URL signing, type A" at Aliyun, whose edge then refuses addresses that are forged or too old. */
  aliyunKey: string | null
  /** Who is told what to drop: an address with a token, or Aliyun's own API. */
  purge: { url: string; token: string | null; aliyun?: AliyunAccess } | null
}

type Parts = Pick<Context, 'config' | 'sealKey'>
interface Signed {
  expires: string
  signature: string
}

/** `path` as it stands below the CDN's own address. */
export function cdnAddressOf(settings: CdnSettings, sealKey: string, path: string, now = new Date()): string {
  const expires = String((Math.floor(now.getTime() / 1000 / settings.windowSeconds) + 2) * settings.windowSeconds)
  const url = new URL(settings.url + path)
  url.searchParams.set('expires', expires)
  url.searchParams.set('signature', signatureOf(sealKey, path, expires))
  if (settings.aliyunKey) url.searchParams.set('auth_key', aliyunKeyOf(settings.aliyunKey, url.pathname, expires))
  return url.href
}

/**
 * Sends whoever may see a picture to the CDN; null where there is none. The way there may be kept for half a window, so
 * that it never leads to an address that has ended.
 */
export function sendToCdn({ config, sealKey }: Parts, reply: FastifyReply, path: string): FastifyReply | null {
  if (!config.cdn) return null
  const keptSeconds = Math.floor(config.cdn.windowSeconds / 2)
  return reply
    .code(302)
    .headers({
      location: cdnAddressOf(config.cdn, sealKey, path),
      'cache-control': `private, max-age=${keptSeconds}`,
    })
    .send()
}

/** Headers of an answer to a CDN. Throws NOT_FOUND where the address was not made here, is of another path, or has ended. */
export function openToCdn(
  { config, sealKey }: Parts,
  path: string,
  { expires, signature }: Signed,
  now = new Date(),
): Record<string, string> {
  const [given, expected] = [Buffer.from(signature), Buffer.from(signatureOf(sealKey, path, expires))]
  const isOurs = config.cdn !== null && given.length === expected.length && timingSafeEqual(given, expected)
  const leftSeconds = Math.floor(Number(expires) - now.getTime() / 1000)
  if (!isOurs || !(leftSeconds > 0)) throw new AppError('NOT_FOUND', 'There is nothing at this address.')
  return {
    'cache-control': `public, max-age=${leftSeconds}, immutable`,
    // Whoever has the address may show it: pages of this installation come from another host than the CDN.
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  }
}

function signatureOf(sealKey: string, path: string, expires: string): string {
  return createHmac('sha256', sealKey).update(`cdn ${path} ${expires}`).digest('base64url')
}

/** Source: Aliyun CDN, "URL signing", type A: `timestamp-rand-uid-md5(path-timestamp-rand-uid-key)`. */
export function aliyunKeyOf(key: string, path: string, timestamp: string): string {
  const hash = createHash('md5').update(`${path}-${timestamp}-0-0-${key}`).digest('hex')
  return `${timestamp}-0-0-${hash}`
}
