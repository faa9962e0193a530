import { z } from 'zod'
import { Reason } from './reason.ts'

/** The closed list of error codes and the HTTP status each maps to. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  VALIDATION_FAILED: 422,
  NOT_SIGNED_IN: 401,
  WRONG_CREDENTIALS: 401,
  CODE_REQUIRED: 401,
  SIGN_IN_FAILED: 401,
  PASSKEY_REFUSED: 401,
  PASSKEY_REQUIRED: 401,
  SECOND_FACTOR_REQUIRED: 403,
  PASSKEYS_UNAVAILABLE: 409,
  SIGN_IN_AGAIN: 403,
  ACCOUNT_UNKNOWN: 403,
  ACCOUNT_FROZEN: 403,
  EMAIL_UNCONFIRMED: 403,
  SIGN_IN_TO_LINK: 409,
  IDENTITY_TAKEN: 409,
  LAST_WAY_IN: 409,
  PASSWORD_COMMON: 422,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  USERNAME_TAKEN: 409,
  EMAIL_TAKEN: 409,
  RUN_ALREADY_ACTIVE: 409,
  CLASSES_IN_USE: 409,
  LAST_OWNER: 409,
  LAST_ADMINISTRATOR: 409,
  QUOTA_REACHED: 409,
  RUN_QUOTA_REACHED: 409,
  IMAGE_FROZEN: 409,
  ARTICLE_FROZEN: 409,
  ARTICLE_CHANGED: 412,
  LABEL_CHANGED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  FILE_EMPTY: 422,
  FILE_TOO_LARGE: 422,
  FILE_NOT_AN_IMAGE: 422,
  FILE_FORMAT_UNSUPPORTED: 422,
  FILE_HAS_NO_IMAGE: 422,
  FILE_DAMAGED: 422,
  FILE_TOO_MANY_PIXELS: 422,
  FILE_DUPLICATE: 422,
  ARCHIVE_UNUSABLE: 422,
  FORMAT_NOT_RECOGNISED: 422,
  TASK_TYPE_UNSUPPORTED: 422,
  LABEL_MISMATCH: 422,
  NOT_ENOUGH_ANNOTATIONS: 422,
  NOTHING_CHANGED: 422,
  NO_MODEL: 422,
  MODEL_UNUSABLE: 422,
  OUTGOING_REFUSED: 422,
  TOO_MANY_REQUESTS: 429,
  TRAINING_FAILED: 500,
  TRAINING_DIVERGED: 500,
  MEMORY_LIMIT_REACHED: 500,
  PRELABEL_FAILED: 500,
  INTERRUPTED: 500,
  INTERNAL: 500,
  OUTGOING_FAILED: 424,
  STORAGE_FULL: 507,
  UNAVAILABLE: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS
export const ErrorCode = z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]).meta({ id: 'ErrorCode' })

/** The error body: RFC 9457 problem details with our `code`. */
export const ErrorBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: ErrorCode,
    requestId: z.string().optional(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'ErrorBody' })
export type ErrorBody = z.infer<typeof ErrorBody>

/** What went wrong with one thing, told to the person who must act. */
export const Problem = z
  .object({
    code: ErrorCode,
    /** In English. */
    message: z.string(),
    /** More than the code tells, for other languages. */
    told: Reason.optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

/** An expected failure. Anything else that is thrown is a 500 whose cause is logged and hidden. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }

  get status(): number {
    return ERROR_STATUS[this.code]
  }
}

/** What a person is told of an expected failure. */
export function problemOfError({ code, message, details }: AppError): Problem {
  const told = Reason.safeParse(details?.told)
  return { code, message, ...(told.success ? { told: told.data } : {}) }
}
