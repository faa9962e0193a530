import { Readable } from 'node:stream'
import { AppError, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import { registerRoute } from '../../http/register-route.ts'
import { attachmentNamed } from '../images/content-disposition.ts'
import { requireInOrganisation, requireProject } from '../projects/access.ts'
import { type AuditFilter, findAuditEvents } from './audit.queries.ts'
import { toFhir } from './fhir-audit-event.ts'
import { verifyAudit } from './verify-audit.ts'

const EXPORT_PAGE = 500

export function registerAuditRoutes(app: FastifyInstance, { db }: Pick<Context, 'db'>): void {
  registerRoute(app, routes.listAudit, async ({ query }) => listPage(db, query))

  registerRoute(app, routes.listProjectAudit, async ({ user, params, query }) => {
    await requireProject(db, user, params.projectId, 'manage')
    return listPage(db, { ...query, projectId: params.projectId })
  })

  registerRoute(app, routes.listOrganisationAudit, async ({ user, params, query }) => {
    requireInOrganisation(user, params.organisationId, 'manage')
    return listPage(db, { ...query, organisationId: params.organisationId })
  })

  registerRoute(app, routes.exportAudit, async ({ query: { format, ...filter }, reply }) =>
    reply
      .type('application/x-ndjson')
      .header('content-disposition', attachmentNamed(`audit-${format}.jsonl`))
      .header('cache-control', 'private, no-store')
      .send(Readable.from(linesOf(db, filter, format))),
  )

  registerRoute(app, routes.verifyAudit, async () => verifyAudit(db))
}

async function listPage(
  db: Db,
  { cursor, limit, ...filter }: AuditFilter & { cursor?: string | undefined; limit: number },
) {
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) {
    throw new AppError('VALIDATION_FAILED', 'The cursor is none of this list.')
  }
  const after = cursor === undefined ? null : Number(cursor)
  const found = await findAuditEvents(db, filter, { order: 'newest', after, limit: limit + 1 })
  const items = found.slice(0, limit)
  return { items, nextCursor: found.length > limit ? String(items.at(-1)?.seq) : null }
}

async function* linesOf(db: Db, filter: AuditFilter, format: 'jsonl' | 'fhir'): AsyncGenerator<string> {
  let after: number | null = null
  for (;;) {
    const page = await findAuditEvents(db, filter, { order: 'oldest', after, limit: EXPORT_PAGE })
    for (const event of page) yield `${JSON.stringify(format === 'fhir' ? toFhir(event) : event)}\n`
    const last: number | undefined = page.at(-1)?.seq
    if (page.length < EXPORT_PAGE || last === undefined) return
    after = last
  }
}
