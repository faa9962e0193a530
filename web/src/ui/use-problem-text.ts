import type { ErrorCode } from '@vesalius/contracts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'

/** Any failure in the reader's language: chosen by the problem's code, never the server's English. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation()
  return useCallback((error: unknown) => t(`error.${codeOf(error)}`), [t])
}

function codeOf(error: unknown): ErrorCode | 'OFFLINE' | 'PASSKEY_UNUSED' | 'PASSKEY_KNOWN' {
  if (error instanceof ApiProblem) return error.code
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) {
    return (error as { code: ErrorCode }).code
  }
  return 'INTERNAL'
}
