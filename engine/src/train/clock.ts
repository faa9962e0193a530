import { availableParallelism } from 'node:os'

/**
 * What a budget is counted in: `wall` is time as a person waits for it; `processor` is the time that this process had of
 * the machine's cores, over their number: what a wall clock would show if nothing else ran. A machine shared with other
 * work is measured honestly by the second only.
 */
export type ClockKind = 'wall' | 'processor'

/** Seconds since the clock was started. */
export type Clock = () => number

export function startClock(kind: ClockKind = 'wall'): Clock {
  if (kind === 'wall') {
    const started = performance.now()
    return () => (performance.now() - started) / 1000
  }
  const before = process.cpuUsage()
  const cores = availableParallelism()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6 / cores
  }
}
