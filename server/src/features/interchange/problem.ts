import { AppError, type ImportProblem, type Problem, problemOfError } from '@vesalius/contracts'
import type { Context } from '../../context.ts'

/** What a person is told of work in the background that failed; what we did not expect is logged and told briefly. */
export function asWorkProblem({ log }: Pick<Context, 'log'>, error: unknown): Problem {
  if (error instanceof AppError) return problemOfError(error)
  log.error({ err: { message: error instanceof Error ? error.message : String(error) } }, 'an exchange failed')
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
    return { code: 'STORAGE_FULL', message: 'The disk of this server is full.' }
  }
  return { code: 'INTERNAL', message: 'The files could not be made or read. Try again.' }
}

/** The same of one image among many. */
export function problemOf(error: Error, image: string): ImportProblem {
  return { reason: error.message, image, ...(error instanceof AppError ? { code: error.code } : {}) }
}
