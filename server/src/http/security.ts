import { AppError } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'

const HEADERS = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' blob: data:",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Headers for every answer, and no state change asked for by another site's page. */
export function registerSecurity(app: FastifyInstance, publicUrl: string | null): void {
  const publicOrigin = publicUrl ? new URL(publicUrl).origin : null
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS)
    const { origin, host, authorization } = request.headers
    if (SAFE.has(request.method) || !origin || authorization) return
    const same = origin === publicOrigin || (host !== undefined && origin.replace(/^https?:\/\//, '') === host)
    if (!same) throw new AppError('FORBIDDEN', 'This request comes from another site.')
  })
}
