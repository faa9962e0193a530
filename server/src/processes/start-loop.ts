import type { Context } from '../context.ts'

export interface Loop {
  stop(): Promise<void>
}

export interface LoopOptions {
  name: string
  everyMs: number
  /** What to log when a look fails. */
  failure: string
  look: () => Promise<unknown>
  /** Look at once too, not only after the first wait. */
  isEager?: boolean
}

/** A look every so often, by one process of all, never two looks at a time. */
export function startLoop(
  { leases, log }: Pick<Context, 'leases' | 'log'>,
  { name, everyMs, failure, look, isEager = false }: LoopOptions,
): Loop {
  const seconds = Math.max(10, (3 * everyMs) / 1000)
  let looking: Promise<unknown> = Promise.resolve()
  let isLooking = false
  const turn = () => {
    if (isLooking) return
    isLooking = true
    looking = leases
      .hold(name, seconds)
      .then((isMine) => (isMine ? look() : null))
      .catch((error: unknown) => log.error({ err: error }, failure))
      .finally(() => {
        isLooking = false
      })
  }
  if (isEager) turn()
  const timer = setInterval(turn, everyMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await looking
    },
  }
}
