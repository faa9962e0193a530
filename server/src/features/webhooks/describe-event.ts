import type { WebhookEvent, WebhookMessage } from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { AuditEventsTable } from '../../db/tables/audit.ts'

/** A recorded change in the words of webhooks: which event it is, if any, and the ids that go along. */

export type RecordedChange = Pick<
  Selectable<AuditEventsTable>,
  'seq' | 'at' | 'actor_id' | 'via' | 'action' | 'subject' | 'subject_id' | 'project_id' | 'organisation_id'
> & { before: Record<string, unknown> | null; after: Record<string, unknown> | null }

type Data = Omit<WebhookMessage['data'], 'projectId' | 'organisationId' | 'by'>
interface Told {
  type: WebhookEvent
  data: Data
}

const ENDED = ['succeeded', 'failed', 'cancelled']
const endOf = (change: RecordedChange) => {
  const state = change.after?.state === 'done' ? 'succeeded' : change.after?.state
  return change.action === 'change' && ENDED.includes(String(state)) ? (state as NonNullable<Data['state']>) : null
}

/** By the subject of the record. */
const TELLERS: Readonly<Record<string, (change: RecordedChange) => Told | null>> = {
  image: ({ action, subject_id: imageId, before, after }) => {
    if (action === 'create') return { type: 'image.uploaded', data: { imageId } }
    if (after?.state === 'DELETED') return { type: 'image.deleted', data: { imageId } }
    if (before?.state === 'TO_LABEL' && after?.state === 'NORMAL') {
      return { type: 'image.prelabelled', data: { imageId } }
    }
    const problem = after?.problem as { code?: unknown } | null | undefined
    return problem ? { type: 'image.prelabel_failed', data: { imageId, code: String(problem.code) } } : null
  },
  label: ({ action, via, subject_id, after }) => {
    const isSubmitted = action === 'create' && (after?.author as { kind?: unknown } | undefined)?.kind === 'person'
    // A change of classes rewrites labels of many images; it is told once.
    if (!isSubmitted || via === 'edit-classes') return null
    const [imageId = ''] = subject_id.split('/')
    return { type: 'label.submitted', data: { imageId, revision: Number(after?.revision) } }
  },
  review: ({ action, after }) =>
    action === 'create'
      ? {
          type: 'label.reviewed',
          data: {
            imageId: String(after?.image_id),
            revision: Number(after?.revision),
            decision: after?.decision === 'accepted' ? 'accepted' : 'rejected',
          },
        }
      : null,
  run: (change) => {
    const state = endOf(change)
    return state && { type: 'training.ended', data: { runId: change.subject_id, state } }
  },
  'serving model': ({ action, after }) =>
    action === 'create'
      ? {
          type: after?.reason === 'rollback' ? 'model.rolled_back' : 'model.promoted',
          data: { modelVersionId: String(after?.model_version_id) },
        }
      : null,
  import: (change) => {
    const state = endOf(change)
    return state && { type: 'import.ended', data: { importId: change.subject_id, kind: 'images', state } }
  },
  'annotation import': (change) => {
    const state = endOf(change)
    return state && { type: 'import.ended', data: { importId: change.subject_id, kind: 'annotations', state } }
  },
  export: (change) => {
    const state = endOf(change)
    return state && { type: 'export.ended', data: { exportId: change.subject_id, state } }
  },
  'class edit': ({ action, subject_id }) =>
    action === 'create' ? { type: 'classes.changed', data: { classEditId: subject_id } } : null,
  project: ({ action, after }) => {
    if (action === 'create') return { type: 'project.created', data: {} }
    return action === 'change' && after?.deleted_at ? { type: 'project.deleted', data: {} } : null
  },
}

/** Every other subject is told to nobody. */
export const TOLD_SUBJECTS: readonly string[] = Object.keys(TELLERS)

export function describeEvent(change: RecordedChange): WebhookMessage | null {
  const told = TELLERS[change.subject]?.(change)
  if (!told) return null
  const { project_id: projectId, organisation_id: organisationId, actor_id: by } = change
  return { type: told.type, timestamp: change.at.toISOString(), data: { projectId, organisationId, by, ...told.data } }
}
