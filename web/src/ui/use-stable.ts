import { useLayoutEffect, useRef, useState } from 'react'

/** The function as it is now behind one that stays the same, so that what is remembered by it need not be drawn anew. */
export function useStable<Arguments extends unknown[], Result>(
  current: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  const latest = useRef(current)
  useLayoutEffect(() => {
    latest.current = current
  })
  const [stable] = useState(
    () =>
      (...given: Arguments) =>
        latest.current(...given),
  )
  return stable
}
