import { useEffect, useEffectEvent, useState } from 'react'
import { type MarkKey, markKey } from './mark-keys.ts'
import type { MarkingDesk } from './use-marking.ts'
import type { PointerGesture } from './use-pointer-gesture.ts'

/** Whether the space bar is held, which moves the image whatever the tool. */
export function useSpaceBar(isOn: boolean): boolean {
  const [isDown, setIsDown] = useState(false)
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isOn || event.key !== ' ' || isTyping(event.target) || event.target instanceof HTMLButtonElement) return
    event.preventDefault()
    setIsDown(true)
  })
  useEffect(() => {
    const down = (event: KeyboardEvent) => press(event)
    const up = (event: KeyboardEvent) => event.key === ' ' && setIsDown(false)
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    return () => {
      window.removeEventListener('keydown', down)
      window.removeEventListener('keyup', up)
    }
  }, [])
  return isDown
}

/** Does with the marks what the keys ask for; the rest of the screen does not hear of those keys. */
export function useMarkKeys(isOn: boolean, desk: MarkingDesk, { gesture, setGesture, closePolygon }: PointerGesture) {
  const obey = (key: MarkKey) => {
    switch (key.kind) {
      case 'tool':
        setGesture(null)
        return desk.setTool(key.tool)
      case 'radius':
        return desk.setRadius(desk.radius * key.factor)
      case 'nudge':
        return desk.nudge(key.x, key.y)
      case 'stretch':
        return desk.stretch(key.x, key.y)
      case 'place':
        return desk.place()
      case 'class':
        return desk.chooseClass(key.index)
      case 'accept':
        return desk.accept()
      case 'remove':
        if (gesture?.kind !== 'polygon') return desk.remove()
        return setGesture(gesture.points.length > 1 ? { ...gesture, points: gesture.points.slice(0, -1) } : null)
      case 'cancel':
        return gesture ? setGesture(null) : desk.select([])
      case 'cycle':
        return desk.step(1)
      case 'cycleBack':
        return desk.step(-1)
      case 'copy':
        return desk.copy()
      case 'paste':
        return desk.paste()
      case 'all':
        return desk.selectAll()
      case 'holes':
        return desk.fillHoles()
      case 'merge':
        return desk.merge()
    }
  }
  const keyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isOn || event.isComposing || isTyping(event.target)) return
    const isClosed = event.key === 'Enter' && gesture?.kind === 'polygon'
    const key = markKey(event, desk.tools)
    if (!isClosed && !key) return
    // The rest of the screen must not act on it as well.
    event.preventDefault()
    event.stopImmediatePropagation()
    if (isClosed) closePolygon(gesture.points)
    else if (key) obey(key)
  })
  useEffect(() => {
    const down = (event: KeyboardEvent) => keyDown(event)
    window.addEventListener('keydown', down, { capture: true })
    return () => window.removeEventListener('keydown', down, { capture: true })
  }, [])
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="slider"]') !== null)
