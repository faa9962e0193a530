import { useEffect, useEffectEvent } from 'react'
import type { Scope } from './commands.ts'
import { type Asked, findCommand } from './find-command.ts'
import { useBindings } from './shortcuts.ts'

interface Given {
  isOn: boolean
  scopes: ReadonlySet<Scope>
  /** Hears of keys before the rest of the screen does. */
  isFirst?: boolean
  /** Whether it was meant for this part of the screen. */
  run: (asked: Asked) => boolean
}

/** Does what the keys ask for while the screen is open. */
export function useKeys({ isOn, scopes, isFirst = false, run }: Given): void {
  const bindings = useBindings()
  const press = useEffectEvent((event: KeyboardEvent) => {
    const asked = isOn ? findCommand(event, event.target, bindings, scopes) : null
    if (!asked || !run(asked)) return
    event.preventDefault()
    if (isFirst) event.stopImmediatePropagation()
  })
  useEffect(() => {
    // The link that led here keeps the focus, and Enter would follow it again instead of submitting.
    if (document.activeElement instanceof HTMLAnchorElement) document.activeElement.blur()
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener, { capture: isFirst })
    return () => window.removeEventListener('keydown', listener, { capture: isFirst })
  }, [isFirst])
}
