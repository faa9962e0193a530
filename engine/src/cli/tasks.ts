import { type ImageType, taskTypeOf } from '@vesalius/contracts'
import { UsageError } from './usage-error.ts'

/** What `--task` may say, and the image type behind it. */
const TASKS = {
  binary: 1001,
  'multi-class': 1003,
  detection: 2000,
  lesion: 3001,
  organ: 3002,
  vessel: 3003,
  cell: 3004,
} as const satisfies Record<string, ImageType>

export const TASK_NAMES = Object.keys(TASKS).join('|')

/** Throws UsageError. */
export function imageTypeOf(task: string | undefined): ImageType {
  const found = TASKS[task as keyof typeof TASKS]
  if (!found) throw new UsageError(`--task is one of ${TASK_NAMES}`)
  return found
}

export function familyNameOf(imageType: ImageType): string {
  return taskTypeOf(imageType).family
}
