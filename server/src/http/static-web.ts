import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import { AppError } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './errors.ts'

const DIST = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** Serves the built web application; unknown pages get its start page, unknown API paths a problem. */
export async function registerStaticWeb(app: FastifyInstance): Promise<void> {
  const built = existsSync(join(DIST, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: DIST,
      wildcard: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        const hashed = path.includes(`${join(DIST, 'assets')}`)
        response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/') && !/\.[a-z0-9]+$/i.test(request.url)
    if (built && isPage) return reply.sendFile('index.html')
    return sendProblem(reply, request, new AppError('NOT_FOUND', 'There is nothing at this address.'))
  })
}
