import { expect, it } from 'vitest'
import { idleClock, pass } from './work-clock.ts'

const at = (now: number, isActive = false, isSeen = true) => ({ now: now * 1000, isActive, isSeen })

it('counts while somebody works, up to a minute after the last move', () => {
  let clock = pass(idleClock('a', 0), at(10, true))
  expect(clock.workedMs).toBe(10_000)
  clock = pass(clock, at(40))
  expect(clock.workedMs).toBe(40_000)
  clock = pass(clock, at(400))
  expect(clock.workedMs).toBe(70_000)
  clock = pass(pass(clock, at(500, true)), at(505))
  expect(clock.workedMs).toBe(75_000)
})

it('stands still while the window is hidden, and never exceeds a day', () => {
  const clock = pass(idleClock('a', 0), at(30, true, false))
  expect(clock.workedMs).toBe(0)
  expect(pass(clock, at(31)).workedMs).toBe(1000)
  expect(pass({ ...clock, workedMs: 86_400_000 }, at(40)).workedMs).toBe(86_400_000)
})
