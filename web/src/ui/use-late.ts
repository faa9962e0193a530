import { useDeferredValue, useLayoutEffect, useMemo, useRef } from 'react'

/**
 * Props as they were when there was last time to draw them: React draws what is urgent first and this in small steps after
 * it. Functions among them, and among those of the objects named in `parts`, are always the newest: what is out of date on
 * the screen for a moment is never acted upon.
 */
export function useLate<Props extends object>(props: Props, parts: readonly (keyof Props)[], isOn: boolean): Props {
  const deferred = useDeferredValue(props)
  const shown = isOn ? deferred : props
  const newest = useRef(props)
  useLayoutEffect(() => {
    newest.current = props
  })
  return useMemo(() => {
    const late = withNewest(shown, () => newest.current)
    for (const part of parts) {
      const value = late[part]
      if (typeof value === 'object' && value !== null) {
        late[part] = withNewest(value, () => newest.current[part] as typeof value)
      }
    }
    return late
  }, [shown, parts])
}

function withNewest<Value extends object>(value: Value, getNewest: () => Value): Value {
  const entries = Object.entries(value).map(([name, known]) => {
    if (typeof known !== 'function') return [name, known]
    return [
      name,
      (...given: unknown[]) => (getNewest() as Record<string, (...given: unknown[]) => unknown>)[name]?.(...given),
    ]
  })
  return Object.fromEntries(entries) as Value
}
