/** Time of work on one image, in milliseconds. */
export interface WorkClock {
  imageId: string
  workedMs: number
  /** Up to when it was counted. */
  countedTo: number
  activeAt: number
}

/** After so long without a key or a move nobody is working. */
const PATIENCE_MS = 60_000
const DAY_MS = 86_400_000

export const idleClock = (imageId: string, now: number): WorkClock => ({
  ...{ imageId, workedMs: 0, countedTo: now, activeAt: now },
})

/** Time goes on: counted while the window is seen, up to a minute after the last key or move, and at most a day. */
export function pass(
  clock: WorkClock,
  { now, isSeen, isActive }: { now: number; isSeen: boolean; isActive: boolean },
): WorkClock {
  const end = Math.min(now, clock.activeAt + PATIENCE_MS)
  const gained = isSeen ? Math.max(0, end - clock.countedTo) : 0
  return {
    ...clock,
    workedMs: Math.min(DAY_MS, clock.workedMs + gained),
    countedTo: now,
    activeAt: isActive ? now : clock.activeAt,
  }
}
