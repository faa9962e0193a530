import type { FastifyRequest } from 'fastify'

/** The value of one cookie of a request. */
export function readCookie({ headers }: FastifyRequest, name: string): string | undefined {
  return headers.cookie
    ?.split(';')
    .map((part) => part.trim().split('='))
    .find(([each]) => each === name)?.[1]
}
