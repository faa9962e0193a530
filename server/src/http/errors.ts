import { AppError, ERROR_STATUS, type ErrorBody, type ErrorCode } from '@vesalius/contracts'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What PostgreSQL says of a row that points to none, of a number that fits no column, and of U+0000 in text (SQLSTATE). */
const NAMES_NOTHING = '23503'
const OUT_OF_RANGE = '22003'
const UNSTORABLE_TEXT = ['22021', '22P05']

/** Refusals that tell of somebody who tries what they may not; logged without names and without what was sent. */
const TELLING: ReadonlySet<ErrorCode> = new Set([
  ...(['WRONG_CREDENTIALS', 'FORBIDDEN', 'TOO_MANY_REQUESTS', 'OUTGOING_REFUSED'] as const),
  ...(['ACCOUNT_FROZEN', 'EMAIL_UNCONFIRMED', 'SIGN_IN_FAILED', 'PAYLOAD_TOO_LARGE'] as const),
])

/** Every failure leaves as problem details (RFC 9457); what we did not expect is logged whole and told briefly. */
export function registerErrorHandling(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const known = toAppError(error)
    if (TELLING.has(known.code)) {
      const { url } = request.routeOptions
      request.log.warn({ code: known.code, ip: request.ip, method: request.method, route: url }, 'refused')
    }
    if (known.status >= 500) request.log.error({ err: withoutParameters(error), code: known.code }, 'request failed')
    return sendProblem(reply, request, known)
  })
}

export function sendProblem(reply: FastifyReply, request: FastifyRequest, error: AppError): FastifyReply {
  const body: ErrorBody = {
    type: `urn:vesalius:error:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: error.code.toLowerCase().replaceAll('_', ' '),
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId: request.id,
    // Clients of the Open Inference Protocol look for it here.
    ...(request.url.startsWith('/v2/') ? { error: error.message } : {}),
    ...(Array.isArray(error.details?.issues) ? { issues: error.details.issues } : {}),
  }
  return reply.code(error.status).type('application/problem+json').send(body)
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { statusCode, code, message } = error as Partial<FastifyError> & NodeJS.ErrnoException
  if (code === 'ENOSPC') return new AppError('STORAGE_FULL', 'The disk of this server is full.', {}, { cause: error })
  if (code === NAMES_NOTHING && message?.startsWith('insert or update')) {
    return new AppError('NOT_FOUND', 'Something that this names does not exist.', {}, { cause: error })
  }
  if (code === OUT_OF_RANGE) return new AppError('VALIDATION_FAILED', 'A number is too large.', {}, { cause: error })
  if (code !== undefined && UNSTORABLE_TEXT.includes(code)) {
    return new AppError('VALIDATION_FAILED', 'A text holds U+0000, which no text can.', {}, { cause: error })
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AppError(codeOfStatus(statusCode), message ?? 'The request cannot be read.')
  }
  return new AppError('INTERNAL', 'Something failed on the server. It was logged under the request id.')
}

function codeOfStatus(status: number): ErrorCode {
  const match = Object.entries(ERROR_STATUS).find(([, known]) => known === status)
  return (match?.[0] as ErrorCode | undefined) ?? 'BAD_REQUEST'
}

/** Database errors carry their parameters, which may be patient data: keep them out of the log. */
function withoutParameters(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack } = error
  return { name, message, stack, cause: error.cause instanceof Error ? error.cause.message : undefined }
}
