import type { JobName } from '@vesalius/contracts'

/** What a worker may be told to do: first guesses, trainings, files in and out, and everything else. */
export const JOB_KINDS = ['prelabel', 'train', 'exchange', 'general'] as const
export type JobKind = (typeof JOB_KINDS)[number]

/**
 * `kind`: which workers take it. `atStop`: a short job is finished by a process that stops; a long one keeps what it has
 * done and is handed to another process at once.
 */
export const JOB_TRAITS: Readonly<Record<JobName, { kind: JobKind; atStop: 'finish' | 'hand over' }>> = {
  'prelabel-image': { kind: 'prelabel', atStop: 'finish' },
  'prelabel-project': { kind: 'prelabel', atStop: 'finish' },
  'push-image': { kind: 'prelabel', atStop: 'finish' },
  'train-model': { kind: 'train', atStop: 'hand over' },
  'train-elsewhere': { kind: 'train', atStop: 'hand over' },
  'rank-images': { kind: 'train', atStop: 'hand over' },
  'measure-worth': { kind: 'train', atStop: 'hand over' },
  'compare-models': { kind: 'train', atStop: 'hand over' },
  'import-images': { kind: 'exchange', atStop: 'hand over' },
  'export-annotations': { kind: 'exchange', atStop: 'hand over' },
  'push-objects': { kind: 'exchange', atStop: 'hand over' },
  'index-dicom': { kind: 'exchange', atStop: 'hand over' },
  'read-annotations': { kind: 'exchange', atStop: 'hand over' },
  'write-annotations': { kind: 'exchange', atStop: 'hand over' },
  'edit-classes': { kind: 'general', atStop: 'hand over' },
  'recover-account': { kind: 'general', atStop: 'finish' },
  'send-webhook': { kind: 'general', atStop: 'finish' },
  'send-mail': { kind: 'general', atStop: 'finish' },
  'delete-account': { kind: 'general', atStop: 'hand over' },
  'gather-own-data': { kind: 'exchange', atStop: 'hand over' },
}
