import { AppError } from '@vesalius/contracts'
import type { agreementOf, scoreGold } from '@vesalius/imaging'
import { runInThread } from '../../run-in-thread.ts'
import type { AgreementTask } from './agreement-task.ts'

const WORKER = new URL('./agreement-worker.ts', import.meta.url)
const LIMITS = { timeLimitMs: 120_000, memoryLimitMb: 2048, tooMuch }

/** Comparing masks takes seconds of a processor: a thread of its own does it, bounded in time and memory. */
export function compareReaders(task: Extract<AgreementTask, { kind: 'study' }>) {
  return runInThread<ReturnType<typeof agreementOf>>(WORKER, task, LIMITS)
}

export function compareWithGold(task: Extract<AgreementTask, { kind: 'gold' }>) {
  return runInThread<ReturnType<typeof scoreGold>[]>(WORKER, task, LIMITS)
}

function tooMuch(what: 'time' | 'memory'): AppError {
  return new AppError('VALIDATION_FAILED', `Comparing these labels takes too much ${what} at once.`)
}
