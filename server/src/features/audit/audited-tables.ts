import type { AuditSubject } from '@vesalius/contracts'
import type { Tables } from '../../db/tables.ts'

export interface AuditedTable {
  /** What a row is, in the words of people. */
  subject: AuditSubject
  /** Columns that name the row. */
  key: readonly string[]
  /** Columns whose values are told; a change of others is no event. */
  columns: readonly string[]
  /** Of those, the ones told as a SHA-256 only: too large. */
  digested?: readonly string[]
}

const ofUser = { columns: ['user_id'] }

/**
 * Every table whose changes are recorded, and what of them. Secrets and what follows from other columns are left out. A
 * test asks of each table of the database that it stands here or in `UNRECORDED`.
 */
export const AUDITED: Readonly<Record<string, AuditedTable>> = {
  users: {
    subject: 'user',
    key: ['id'],
    columns: [
      'username',
      'email',
      'emailVerified',
      'role',
      'frozenAt',
      'deletedAt',
      'quota_storage_bytes',
      'quota_active_runs',
    ],
  },
  auth_accounts: {
    subject: 'sign-in',
    key: ['id'],
    columns: ['userId', 'providerId', 'accountId', 'password'],
    digested: ['password'],
  },
  auth_sessions: { subject: 'session', key: ['id'], columns: ['userId', 'ipAddress', 'userAgent'] },
  api_tokens: { subject: 'token', key: ['id'], columns: ['name', 'user_id', 'scopes', 'expires_at'] },
  passkeys: { subject: 'passkey', key: ['id'], columns: ['user_id', 'name'] },
  second_factors: { subject: 'second factor', key: ['user_id'], columns: ['confirmed_at'] },
  label_studio_links: { subject: 'remote server', key: ['project_id', 'user_id'], columns: ['hostname'] },
  remote_servers: { subject: 'remote server', key: ['project_id'], columns: ['settings', 'version'] },
  worker_tokens: {
    subject: 'worker token',
    key: ['id'],
    columns: ['name', 'project_id', 'organisation_id', 'expires_at'],
  },
  webhooks: {
    subject: 'webhook',
    key: ['id'],
    columns: ['name', 'url', 'events', 'off', 'project_id', 'organisation_id'],
    digested: ['url'],
  },
  organisations: {
    subject: 'organisation',
    key: ['id'],
    columns: ['name', 'quota_storage_bytes', 'quota_active_runs', 'second_factor_days'],
  },
  installation_rules: {
    subject: 'rules',
    key: ['id'],
    columns: [
      ...['second_factor_days', 'person_storage_bytes', 'person_active_runs'],
      ...['organisation_storage_bytes', 'organisation_active_runs'],
    ],
  },
  organisation_members: {
    subject: 'member',
    key: ['organisation_id', 'user_id'],
    columns: ['organisation_id', 'user_id', 'role', 'granted_by'],
  },
  organisation_invitations: {
    subject: 'invitation',
    key: ['id'],
    columns: ['organisation_id', 'email', 'role', 'expires_at'],
  },
  projects: {
    subject: 'project',
    key: ['id'],
    columns: [
      'name',
      'classes',
      'algorithm',
      'owner_id',
      'organisation_id',
      'deidentifies',
      'review_mode',
      'serving_model_id',
      'deleted_at',
    ],
  },
  class_edits: { subject: 'class edit', key: ['id'], columns: ['scheme', 'before', 'after', 'undoes', 'author_id'] },
  project_reviewers: { subject: 'reviewer', key: ['project_id', 'user_id'], ...ofUser },
  images: {
    subject: 'image',
    key: ['id'],
    columns: ['name', 'state', 'owner_id', 'uri', 'content_hash', 'annotated_at', 'annotated_by', 'problem'],
  },
  image_editors: { subject: 'share', key: ['image_id', 'user_id'], ...ofUser },
  label_revisions: {
    subject: 'label',
    key: ['image_id', 'revision'],
    columns: ['revision', 'author', 'data'],
    digested: ['data'],
  },
  reviews: { subject: 'review', key: ['id'], columns: ['image_id', 'revision', 'decision', 'text', 'reviewer_id'] },
  review_comments: { subject: 'comment', key: ['id'], columns: ['image_id', 'author_id', 'text', 'resolved_at'] },
  messages: { subject: 'message', key: ['id'], columns: ['topic_id', 'author_id', 'edited_at', 'deleted_at'] },
  studies: { subject: 'study', key: ['id'], columns: ['name', 'is_blind', 'shows_guess', 'state', 'created_by'] },
  study_readers: { subject: 'study reader', key: ['study_id', 'user_id'], columns: ['user_id', 'finished_at'] },
  readings: {
    subject: 'reading',
    key: ['id'],
    columns: ['study_id', 'image_id', 'reader_id', 'revision', 'data', 'submitted_at'],
    digested: ['data'],
  },
  gold_labels: { subject: 'gold label', key: ['image_id'], columns: ['data', 'created_by'], digested: ['data'] },
  adjudications: { subject: 'adjudication', key: ['study_id', 'image_id'], columns: ['revision', 'note', 'author_id'] },
  articles: {
    subject: 'article',
    key: ['id'],
    columns: [
      ...['title', 'state', 'visibility', 'author_id', 'organisation_id', 'project_id'],
      ...['revision', 'frozen_at', 'deleted_at', 'updated_by'],
    ],
  },
  project_guidelines: { subject: 'guideline', key: ['project_id'], columns: ['article_id'] },
  dicom_sources: { subject: 'dicom server', key: ['id'], columns: ['name', 'url', 'auth', 'project_id'] },
  dicom_pushes: { subject: 'push', key: ['id'], columns: ['user_id', 'source_id', 'request', 'state'] },
  downloads: { subject: 'download', key: ['id'], columns: ['user_id', 'image_ids'], digested: ['image_ids'] },
  exports: { subject: 'export', key: ['id'], columns: ['user_id', 'request', 'state'] },
  imports: { subject: 'import', key: ['id'], columns: ['created_by', 'kind', 'state'] },
  annotation_imports: { subject: 'annotation import', key: ['id'], columns: ['user_id', 'format', 'state'] },
  servings: {
    subject: 'serving model',
    key: ['project_id', 'place'],
    columns: ['model_version_id', 'reason', 'by_id'],
  },
  model_versions: { subject: 'model', key: ['id'], columns: ['number', 'state', 'run_id', 'uri', 'sha256'] },
  own_archives: { subject: 'archive of own data', key: ['id'], columns: ['user_id', 'state'] },
  announcements: {
    subject: 'announcement',
    key: ['id'],
    columns: ['english', 'chinese', 'tone', 'starts_at', 'ends_at'],
  },
  runs: {
    subject: 'run',
    key: ['id'],
    columns: ['state', 'trigger', 'created_by', 'budget_minutes', 'cancel_requested'],
  },
}

/** Counted from other tables, forgotten by themselves, told by another table's event, or of no weight. */
export const UNRECORDED: readonly (keyof Tables | string)[] = [
  'algorithm_versions',
  'article_blocks',
  'article_contents',
  'article_revisions',
  'article_search',
  'attempts',
  'audit_events',
  'audit_witness',
  'auth_verifications',
  'change_notes',
  'class_edit_images',
  'comparisons',
  'dicom_instances',
  'held_out_groups',
  'image_counts',
  'image_features',
  'guess_edits',
  'project_worth',
  'import_items',
  'installation',
  'leases',
  'mailed_secrets',
  'mails',
  'message_edits',
  'message_images',
  'message_mentions',
  'message_settings',
  'message_topic_people',
  'message_topics',
  'model_labels',
  'notifications',
  'passkey_challenges',
  'predictions',
  'presences',
  'processes',
  'provider_sign_ins',
  'remote_deliveries',
  'remote_jobs',
  'saved_filters',
  'thread_inboxes',
  'thread_nodes',
  'threads',
  'user_preferences',
  'webhook_deliveries',
  'webhook_tries',
]
