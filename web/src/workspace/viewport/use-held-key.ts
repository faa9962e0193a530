import { useEffect, useEffectEvent, useState } from 'react'
import { isTyping } from './is-typing.ts'

/** Whether a key is held alone. It is forgotten when the window loses the keyboard. */
export function useHeldKey(key: string, isOn: boolean): boolean {
  const [isHeld, setIsHeld] = useState(false)
  const press = useEffectEvent((event: KeyboardEvent) => {
    const isAlone = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.isComposing
    if (isOn && isAlone && event.key.toLowerCase() === key && !isTyping(event.target)) setIsHeld(true)
  })
  useEffect(() => {
    const down = (event: KeyboardEvent) => press(event)
    const up = (event: KeyboardEvent) => event.key.toLowerCase() === key && setIsHeld(false)
    const forget = () => setIsHeld(false)
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', forget)
    return () => {
      window.removeEventListener('keydown', down)
      window.removeEventListener('keyup', up)
      window.removeEventListener('blur', forget)
    }
  }, [key])
  return isHeld
}
