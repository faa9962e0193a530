import { AppError } from '@vesalius/contracts'
import type { ReadDataset, Written } from '@vesalius/formats'
import { runInThread } from '../../run-in-thread.ts'
import type { FormatAnswer, FormatTask, ReadTask, WriteTask } from './format-task.ts'

const WORKER = new URL('./format-worker.ts', import.meta.url)
const TIME_LIMIT_MS = 5 * 60_000
const MEMORY_LIMIT_MB = 3072

/** Reads files of other programs in a thread of its own, bounded in time and memory. Throws VALIDATION_FAILED. */
export async function readFormat(task: Omit<ReadTask, 'kind'>): Promise<ReadDataset> {
  const answer = await run({ kind: 'read', ...task })
  if ('read' in answer) return answer.read
  throw new AppError('VALIDATION_FAILED', `The files cannot be read: ${'refused' in answer ? answer.refused : ''}.`)
}

export async function writeFormat(task: Omit<WriteTask, 'kind'>): Promise<Written> {
  const answer = await run({ kind: 'write', ...task })
  if ('written' in answer) return answer.written
  throw new Error('the format was not written')
}

function run(task: FormatTask): Promise<FormatAnswer> {
  return runInThread(WORKER, task, { timeLimitMs: TIME_LIMIT_MS, memoryLimitMb: MEMORY_LIMIT_MB, tooMuch })
}

function tooMuch(what: 'time' | 'memory'): AppError {
  return new AppError('VALIDATION_FAILED', `The annotations take too much ${what} at once. Try fewer of them.`)
}
