import type { Image } from '@vesalius/contracts'
import { useEffect, useEffectEvent } from 'react'
import { isTyping } from './is-typing.ts'
import { stageKey } from './stage-keys.ts'
import type { Adjustment } from './tone/adjustment.ts'
import type { StageAction } from './use-stage-view.ts'

interface Given {
  image: Image
  frame: number
  onFrame: (frame: number) => void
  onRun: (action: StageAction) => void
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
}

/** Does what keys ask of the stage; the rest of the screen does not hear of those keys. */
export function useStageKeys(isOn: boolean, { image, frame, onFrame, onRun, adjustment, onAdjust }: Given): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const key = isOn && !event.isComposing && !isTyping(event.target) ? stageKey(event) : null
    if (!key || (key.kind.startsWith('frame') && image.frames === 1)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    switch (key.kind) {
      case 'view':
        return onRun(key.action)
      case 'frame':
        return onFrame(Math.min(image.frames - 1, Math.max(0, frame + key.step)))
      case 'frameEnd':
        return onFrame(key.end === 'first' ? 0 : image.frames - 1)
      case 'autoWindow':
        return onAdjust({ ...adjustment, window: { kind: adjustment.window.kind === 'auto' ? 'usual' : 'auto' } })
    }
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener, { capture: true })
    return () => window.removeEventListener('keydown', listener, { capture: true })
  }, [])
}
