import type { FastifyRequest } from 'fastify'
import type { IsCurrent } from './write-article.ts'

/** What `If-Match` (RFC 9110 §13.1.1) asks of an entity tag; without the header anything goes. */
export function ifMatch({ headers }: FastifyRequest): IsCurrent {
  const asked = headers['if-match']
  if (asked === undefined || asked.trim() === '*') return () => true
  const tags = asked.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return (tag) => tags.includes(`"${tag}"`)
}
