import type { Gesture } from './tool.ts'

/** An unfinished shape with the steps that led to it, so that each can be taken back before it is finished. */
export interface Trail {
  gesture: Gesture | null
  past: readonly (Gesture | null)[]
  future: readonly Gesture[]
}

export const NO_TRAIL: Trail = { gesture: null, past: [], future: [] }

/** The shape moves on without a step of its own: the pointer moved, an answer came. */
export const follow = (trail: Trail, gesture: Gesture | null): Trail => ({ ...trail, gesture })

/** A step ended; `before` is what it began with. A shape that ended leaves nothing to take back here. */
export function take(trail: Trail, before: Gesture | null, gesture: Gesture | null): Trail {
  if (!gesture) return NO_TRAIL
  return { gesture, past: [...trail.past, before], future: [] }
}

/** Null where there is no step to take back. */
export function back({ gesture, past, future }: Trail): Trail | null {
  if (!gesture || past.length === 0) return null
  return { gesture: past.at(-1) ?? null, past: past.slice(0, -1), future: [...future, gesture] }
}

/** Null where no step was taken back. */
export function forward({ gesture, past, future }: Trail): Trail | null {
  const next = future.at(-1)
  return next ? { gesture: next, past: [...past, gesture], future: future.slice(0, -1) } : null
}
