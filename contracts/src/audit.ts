import { z } from 'zod'
import { OrganisationId, ProjectId, UserId } from './ids.ts'
import { Timestamp } from './time.ts'

export const AuditAction = z.enum(['create', 'change', 'delete'])
export type AuditAction = z.infer<typeof AuditAction>

/** What a recorded change can be of, in the order of a list to choose from. */
export const AUDIT_SUBJECTS = [
  'user',
  'sign-in',
  'session',
  'token',
  'second factor',
  'passkey',
  'rules',
  'organisation',
  'member',
  'invitation',
  'project',
  'class edit',
  'reviewer',
  'image',
  'share',
  'label',
  'review',
  'comment',
  'message',
  'study',
  'study reader',
  'reading',
  'adjudication',
  'gold label',
  'model',
  'serving model',
  'remote server',
  'dicom server',
  'push',
  'worker token',
  'webhook',
  'run',
  'import',
  'annotation import',
  'export',
  'download',
  'announcement',
  'article',
  'guideline',
  'archive of own data',
] as const
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number]

/** One recorded change: who, when, what, from what to what, and why if they said so. */
export const AuditEvent = z
  .object({
    /** Its place in the chain, from 1. */
    seq: z.int(),
    at: Timestamp,
    actorId: UserId.nullable(),
    /** Null when nobody was signed in, and for accounts that are gone. */
    actorName: z.string().nullable(),
    /** `session`, `token`, `job`, `visitor` (nobody signed in), `system`. */
    actorBy: z.string(),
    /** The route or job. */
    via: z.string().nullable(),
    reason: z.string().nullable(),
    action: AuditAction,
    subject: z.string(),
    subjectId: z.string(),
    projectId: ProjectId.nullable(),
    organisationId: OrganisationId.nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    /** SHA-256 of this event and the hash before it, in hexadecimal. */
    hash: z.string(),
  })
  .meta({ id: 'AuditEvent' })
export type AuditEvent = z.infer<typeof AuditEvent>

export const AuditFlaw = z
  .object({
    seq: z.int(),
    /** `gone`: the event is missing; `changed`: it is not what its hash says; `witness`: its second hash differs. */
    flaw: z.enum(['gone', 'changed', 'witness']),
  })
  .meta({ id: 'AuditFlaw' })
export type AuditFlaw = z.infer<typeof AuditFlaw>

export const AuditVerification = z
  .object({
    events: z.int(),
    /** The newest hash: kept elsewhere, it proves later that nothing before it was changed. */
    head: z.object({ seq: z.int(), hash: z.string() }).nullable(),
    /** The first thousand. */
    flaws: z.array(AuditFlaw),
  })
  .meta({ id: 'AuditVerification' })
export type AuditVerification = z.infer<typeof AuditVerification>
