import { z } from 'zod'
import { AuditAction, AuditEvent, AuditVerification } from '../audit.ts'
import { OrganisationId, ProjectId, UserId } from '../ids.ts'
import { PageQuery, pageOf } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { Timestamp } from '../time.ts'

const tag = 'audit'
const filter = {
  actorId: UserId.optional(),
  action: AuditAction.optional(),
  subject: z.string().min(1).max(40).optional(),
  subjectId: z.string().min(1).max(200).optional(),
  /** At or after, and before. */
  from: Timestamp.optional(),
  to: Timestamp.optional(),
}
const query = PageQuery.extend(filter)
const responses = { 200: pageOf(AuditEvent) }

export const listAudit = defineRoute({
  method: 'GET',
  path: '/audit',
  summary: 'Recorded changes of the whole installation, newest first.',
  tag,
  access: 'administrator',
  query,
  responses,
})

export const listProjectAudit = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/audit',
  summary: 'Recorded changes of a project and all it holds, newest first.',
  tag,
  access: 'manage',
  params: z.object({ projectId: ProjectId }),
  query,
  responses,
})

export const listOrganisationAudit = defineRoute({
  method: 'GET',
  path: '/organisations/:organisationId/audit',
  summary: 'Recorded changes of an organisation and its projects, newest first.',
  tag,
  access: 'manage',
  params: z.object({ organisationId: OrganisationId }),
  query,
  responses,
})

export const exportAudit = defineRoute({
  method: 'GET',
  path: '/audit/export',
  summary: 'Recorded changes, oldest first, one JSON a line: as `AuditEvent`, or as FHIR R5 AuditEvent resources.',
  tag,
  access: 'administrator',
  query: z.object({ ...filter, format: z.enum(['jsonl', 'fhir']).default('jsonl') }),
  produces: 'application/x-ndjson',
  responses: { 200: null },
})

export const verifyAudit = defineRoute({
  method: 'GET',
  path: '/audit/verification',
  summary: 'Whether any recorded change was changed or removed, and which.',
  tag,
  access: 'administrator',
  responses: { 200: AuditVerification },
})
