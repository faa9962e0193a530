import { ErrorBody, type ErrorCode } from '@vesalius/contracts'

/** What goes wrong without the server: no answer, no passkey used, or one that the device holds already. */
export type LocalCode = 'OFFLINE' | 'PASSKEY_UNUSED' | 'PASSKEY_KNOWN'

/** A request that did not succeed. `code` chooses the words shown; `detail` is what the server added. */
export class ApiProblem extends Error {
  readonly code: ErrorCode | LocalCode
  readonly status: number
  readonly detail: string | undefined
  readonly issues: { path: string; message: string }[]

  constructor(
    code: ErrorCode | LocalCode,
    status: number,
    detail?: string,
    issues: { path: string; message: string }[] = [],
  ) {
    super(`${code}${detail ? `: ${detail}` : ''}`)
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
    this.detail = detail
    this.issues = issues
  }

  /** Whether the same request may well succeed a moment later. */
  get isTransient(): boolean {
    return this.code === 'OFFLINE' || this.status === 429 || this.status === 502 || this.status >= 503
  }
}

export function problemFrom(status: number, body: unknown): ApiProblem {
  const parsed = ErrorBody.safeParse(body)
  if (parsed.success) return new ApiProblem(parsed.data.code, status, parsed.data.detail, parsed.data.issues)
  if (status === 502 || status === 503 || status === 504) return new ApiProblem('UNAVAILABLE', status)
  if (status === 413) return new ApiProblem('PAYLOAD_TOO_LARGE', status)
  return new ApiProblem('INTERNAL', status)
}
