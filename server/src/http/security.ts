import { API_PREFIX, AppError } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'

/** `cdn`: origin that pictures may come from as well. */
const policyWith = (cdn: string) =>
  [
    "default-src 'self'",
    `img-src 'self' blob: data:${cdn}`,
    `connect-src 'self'${cdn}`,
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ')

const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** Two years, as browsers' lists of such sites ask for; only where people come by https. */
const HTTPS_ONLY = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Headers for every answer, and no state change asked for by another site's page. */
export function registerSecurity(
  app: FastifyInstance,
  { publicUrl, cdn }: Pick<Context['config'], 'publicUrl' | 'cdn'>,
): void {
  const publicOrigin = publicUrl ? new URL(publicUrl).origin : null
  const headers = {
    'content-security-policy': policyWith(cdn ? ` ${new URL(cdn.url).origin}` : ''),
    ...HEADERS,
    ...(publicOrigin?.startsWith('https:') ? HTTPS_ONLY : {}),
  }
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    // Answers about people and images stay in no cache, unless a route says otherwise.
    if (request.url.startsWith(API_PREFIX)) reply.header('cache-control', 'private, no-store')
    const { origin, host, authorization } = request.headers
    if (SAFE.has(request.method) || !origin || authorization) return
    const same = origin === publicOrigin || (host !== undefined && origin.replace(/^https?:\/\//, '') === host)
    if (!same) throw new AppError('FORBIDDEN', 'This request comes from another site.')
  })
}
