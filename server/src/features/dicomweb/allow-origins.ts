import type { FastifyInstance } from 'fastify'

const PREFIX = '/dicomweb/'
const DAY_SECONDS = 86_400

/**
 * Viewers that are served from another origin may read answers of DICOMweb, if that origin is named in the settings. They bring
 * a token: cookies do not count from there.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (!request.url.startsWith(PREFIX) || !origin || !origins.includes(origin)) return
    reply.headers({
      'access-control-allow-origin': origin,
      vary: 'origin',
      'cross-origin-resource-policy': 'cross-origin',
    })
  })
  app.options(`${PREFIX}*`, async (_request, reply) =>
    reply
      .headers({
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization, accept, content-type',
        'access-control-max-age': String(DAY_SECONDS),
      })
      .code(204)
      .send(),
  )
}
