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

/** Names of the values that are told of a change, as the tables of the database call them. */
export const AUDIT_FIELDS = [
  'accountId',
  'after',
  'algorithm',
  'annotated_at',
  'annotated_by',
  'article_id',
  'author',
  'author_id',
  'before',
  'budget_minutes',
  'by_id',
  'cancel_requested',
  'chinese',
  'classes',
  'confirmed_at',
  'content_hash',
  'created_by',
  'data',
  'decision',
  'deidentifies',
  'deletedAt',
  'deleted_at',
  'edited_at',
  'email',
  'emailVerified',
  'ends_at',
  'english',
  'events',
  'expires_at',
  'finished_at',
  'format',
  'frozenAt',
  'frozen_at',
  'granted_by',
  'hostname',
  'image_id',
  'image_ids',
  'ipAddress',
  'is_blind',
  'kind',
  'model_version_id',
  'name',
  'note',
  'number',
  'off',
  'organisation_active_runs',
  'organisation_id',
  'organisation_storage_bytes',
  'owner_id',
  'password',
  'person_active_runs',
  'person_storage_bytes',
  'problem',
  'project_id',
  'providerId',
  'quota_active_runs',
  'quota_storage_bytes',
  'reader_id',
  'reason',
  'request',
  'resolved_at',
  'review_mode',
  'reviewer_id',
  'revision',
  'role',
  'run_id',
  'scheme',
  'scopes',
  'second_factor_days',
  'serving_model_id',
  'settings',
  'sha256',
  'shows_guess',
  'starts_at',
  'state',
  'study_id',
  'submitted_at',
  'text',
  'title',
  'tone',
  'topic_id',
  'trigger',
  'undoes',
  'updated_by',
  'uri',
  'url',
  'auth',
  'source_id',
  'userAgent',
  'userId',
  'user_id',
  'username',
  'version',
  'visibility',
] as const
export type AuditField = (typeof AUDIT_FIELDS)[number]

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
