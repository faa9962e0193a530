import { useEffect, useEffectEvent } from 'react'
import { type KeyAction, keyAction } from './key-action.ts'

/** Runs what the keys ask for while the screen is open. */
export function useKeys(isOn: boolean, run: (action: KeyAction) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const action = isOn ? keyAction(event, event.target) : null
    if (!action) return
    event.preventDefault()
    run(action)
  })
  useEffect(() => {
    // The link that led here keeps the focus, and Enter would follow it again instead of submitting.
    if (document.activeElement instanceof HTMLAnchorElement) document.activeElement.blur()
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}
