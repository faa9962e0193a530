/** Why a training ended without a model; a subset of the error codes a person sees. */
export const TRAINING_ERROR_CODES = [
  'NOT_ENOUGH_ANNOTATIONS',
  'TRAINING_DIVERGED',
  'MEMORY_LIMIT_REACHED',
  'TRAINING_FAILED',
  'STORAGE_FULL',
] as const
export type TrainingErrorCode = (typeof TRAINING_ERROR_CODES)[number]

/** A training ended without a model; `code` says why, `message` is for the person who must act. */
export class TrainingError extends Error {
  readonly code: TrainingErrorCode

  constructor(code: TrainingErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'TrainingError'
    this.code = code
  }
}

/** A prediction could not be made for a whole call: the model file is unreadable, or its process ended. */
export class PredictionError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'PredictionError'
  }
}
