import type { AuditEvent, OrganisationId, ProjectId, UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'

export interface AuditFilter {
  actorId?: UserId | undefined
  action?: AuditEvent['action'] | undefined
  subject?: string | undefined
  subjectId?: string | undefined
  from?: string | undefined
  to?: string | undefined
  projectId?: ProjectId | undefined
  organisationId?: OrganisationId | undefined
}

export interface AuditSpan {
  order: 'newest' | 'oldest'
  /** Only what comes after this one in that order. */
  after: number | null
  limit: number
}

export async function findAuditEvents(db: Db, filter: AuditFilter, { order, after, limit }: AuditSpan) {
  let query = db
    .selectFrom('audit_events')
    .leftJoin('users', 'users.id', 'audit_events.actor_id')
    .selectAll('audit_events')
    .select(sql<string | null>`coalesce(users.username, users.name)`.as('actor_name'))
    .orderBy('seq', order === 'newest' ? 'desc' : 'asc')
    .limit(limit)
  if (after !== null) query = query.where('seq', order === 'newest' ? '<' : '>', after)
  if (filter.actorId) query = query.where('actor_id', '=', filter.actorId)
  if (filter.action) query = query.where('action', '=', filter.action)
  if (filter.subject) query = query.where('subject', '=', filter.subject)
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId)
  if (filter.from) query = query.where('at', '>=', new Date(filter.from))
  if (filter.to) query = query.where('at', '<', new Date(filter.to))
  if (filter.projectId) query = query.where('project_id', '=', filter.projectId)
  if (filter.organisationId) query = query.where('organisation_id', '=', filter.organisationId)
  const rows = await query.execute()
  return rows.map(
    (row): AuditEvent => ({
      seq: row.seq,
      at: row.at.toISOString(),
      actorId: row.actor_id,
      actorName: row.actor_name,
      actorBy: row.actor_by,
      via: row.via,
      reason: row.reason,
      action: row.action,
      subject: row.subject,
      subjectId: row.subject_id,
      projectId: row.project_id,
      organisationId: row.organisation_id,
      before: row.before,
      after: row.after,
      hash: Buffer.from(row.hash).toString('hex'),
    }),
  )
}
