import type { Image } from '@vesalius/contracts'
import type { CommandName, Scope } from '../actions/commands.ts'
import { useKeys } from '../actions/use-keys.ts'
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

const EVERYWHERE: ReadonlySet<Scope> = new Set(['all'])
/** Frames that a leap goes over. */
const LEAP = 10

/** Does what keys ask of the stage; the rest of the screen does not hear of those keys. */
export function useStageKeys(isOn: boolean, given: Given): void {
  useKeys({
    isOn,
    scopes: EVERYWHERE,
    isFirst: true,
    run: (asked) => {
      const act = 'command' in asked ? actionsOf(given)[asked.command] : undefined
      act?.()
      return act !== undefined
    },
  })
}

function actionsOf(given: Given): Partial<Record<CommandName, () => void>> {
  const { image, frame, onFrame, onRun, adjustment, onAdjust } = given
  const last = image.frames - 1
  const leafBy = (step: number) => () => onFrame(Math.min(last, Math.max(0, frame + step)))
  const leafing: Partial<Record<CommandName, () => void>> = {
    previousFrame: leafBy(-1),
    nextFrame: leafBy(1),
    framesBack: leafBy(-LEAP),
    framesOn: leafBy(LEAP),
    firstFrame: () => onFrame(0),
    lastFrame: () => onFrame(last),
  }
  return {
    turnLeft: () => onRun('turnLeft'),
    turnRight: () => onRun('turnRight'),
    flip: () => onRun('flip'),
    upright: () => onRun('upright'),
    autoWindow: () =>
      onAdjust({ ...adjustment, window: { kind: adjustment.window.kind === 'auto' ? 'usual' : 'auto' } }),
    ...(last > 0 ? leafing : {}),
  }
}
