import { availableParallelism } from 'node:os'
import type { TrainingRequest } from '@vesalius/engine'

export const BUDGET_OPTIONS = {
  minutes: { type: 'string' },
  'core-minutes': { type: 'string' },
} as const

/**
 * How long each training of a bench may take: `--minutes` by the clock on the wall, or `--core-minutes` of processor
 * time, all cores together, for a machine that does other work: 30 minutes of two cores are 60 core minutes.
 */
export function readBudget(
  args: { minutes?: string | undefined; 'core-minutes'?: string | undefined },
  usualMinutes: number,
) {
  const coreMinutes = args['core-minutes'] ? Number(args['core-minutes']) : null
  const budgetMinutes =
    coreMinutes === null ? Number(args.minutes ?? usualMinutes) : coreMinutes / availableParallelism()
  const clock = coreMinutes === null ? 'wall' : 'processor'
  const request = { budgetMinutes, clock } satisfies Partial<TrainingRequest>
  return {
    request,
    name: coreMinutes === null ? `${budgetMinutes}m` : `${coreMinutes}cm`,
    budget: { minutes: coreMinutes === null ? budgetMinutes : null, coreMinutes },
  }
}

/** Whether a kept run had this budget; runs of before knew minutes only. */
export function isSameBudget(
  run: { minutes: number | null; coreMinutes?: number | null },
  budget: { minutes: number | null; coreMinutes: number | null },
): boolean {
  return run.minutes === budget.minutes && (run.coreMinutes ?? null) === budget.coreMinutes
}
