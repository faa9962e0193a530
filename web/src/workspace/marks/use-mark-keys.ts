import { useEffect, useEffectEvent, useState } from 'react'
import type { CommandName, Scope } from '../actions/commands.ts'
import type { Asked } from '../actions/find-command.ts'
import { useKeys } from '../actions/use-keys.ts'
import { isTyping } from '../viewport/is-typing.ts'
import type { MarkTool } from './tools.ts'
import type { useCrosshair } from './use-crosshair.ts'
import type { MarkingDesk } from './use-marking.ts'
import type { PointerGesture } from './use-pointer-gesture.ts'

const TOOL_OF: Partial<Record<CommandName, MarkTool>> = {
  toolBox: 'box',
  toolBrush: 'brush',
  toolEraser: 'eraser',
  toolPolygon: 'polygon',
  toolCurve: 'curve',
  toolScissors: 'scissors',
  toolVertices: 'vertices',
  toolGrow: 'grow',
  toolThreshold: 'threshold',
  toolSuperpixels: 'superpixels',
  toolFill: 'fill',
  toolSplit: 'split',
  toolAsk: 'ask',
  toolSelect: 'select',
  toolMeasure: 'measure',
  toolHand: 'hand',
}
const TOOL_COMMANDS = Object.entries(TOOL_OF) as [CommandName, MarkTool][]

/** The command that takes a tool into the hand. */
export const commandOfTool = (tool: MarkTool): CommandName | undefined =>
  TOOL_COMMANDS.find(([, other]) => other === tool)?.[0]

const LARGER = 1.25

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

interface Given {
  isOn: boolean
  scopes: ReadonlySet<Scope>
  desk: MarkingDesk
  pointer: PointerGesture
  crosshair: ReturnType<typeof useCrosshair>
}

/** Does with the marks what the keys ask for; the rest of the screen does not hear of those keys. */
export function useMarkKeys({ isOn, scopes, desk, pointer, crosshair }: Given): void {
  useCrosshairKeys(isOn, crosshair)
  useKeys({ isOn, scopes, isFirst: true, run: (asked) => obey(asked, desk, pointer, crosshair) })
}

function obey(asked: Asked, desk: MarkingDesk, pointer: PointerGesture, crosshair: Given['crosshair']): boolean {
  if ('choose' in asked) {
    if (desk.kind) desk.chooseClass(asked.choose)
    return desk.kind !== null
  }
  const tool = TOOL_OF[asked.command]
  if (tool) {
    if (desk.tools.includes(tool)) desk.setTool(tool)
    return desk.tools.includes(tool)
  }
  const act = actionsOf(desk, pointer, crosshair)[asked.command]
  return act !== undefined && act() !== false
}

/** What answers false leaves the key to the rest of the screen. */
function actionsOf(
  desk: MarkingDesk,
  pointer: PointerGesture,
  crosshair: Given['crosshair'],
): Partial<Record<CommandName, () => unknown>> {
  const isDoing = () => pointer.doing().trail.gesture !== null
  return {
    outline: desk.toggleOutline,
    accept: () => pointer.finish(),
    undo: () => pointer.undo(),
    redo: () => pointer.redo(),
    crosshair: crosshair.toggle,
    smaller: () => desk.setRadius(desk.radius / LARGER),
    larger: () => desk.setRadius(desk.radius * LARGER),
    cancel: () => {
      if (isDoing()) return pointer.cancel()
      if (crosshair.at) return crosshair.leave()
      return desk.select([])
    },
    remove: () =>
      isDoing()
        ? pointer.undo() || pointer.cancel()
        : pointer.removeVertex() || pointer.removeMeasurement() || desk.remove(),
    cycle: () => desk.step(1),
    cycleBack: () => desk.step(-1),
    selectAll: desk.selectAll,
    copy: desk.copy,
    paste: desk.paste,
    lock: desk.lock,
    hide: desk.hide,
    hideAll: desk.toggleAll,
    place: desk.place,
    nudgeLeft: () => desk.nudge(-1, 0),
    nudgeRight: () => desk.nudge(1, 0),
    nudgeUp: () => desk.nudge(0, -1),
    nudgeDown: () => desk.nudge(0, 1),
    narrower: () => desk.stretch(-1, 0),
    wider: () => desk.stretch(1, 0),
    lower: () => desk.stretch(0, -1),
    higher: () => desk.stretch(0, 1),
    holes: desk.fillHoles,
    smooth: desk.smooth,
    growMask: desk.grow,
    shrinkMask: desk.shrink,
    merge: desk.merge,
    fillBetween: desk.fillBetween,
    acceptGuess: () => desk.accept(),
    rejectGuesses: desk.reject,
  }
}

/** Arrows and Space of the crosshair come before all other keys. */
function useCrosshairKeys(isOn: boolean, crosshair: Given['crosshair']): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isOn || event.isComposing || isTyping(event.target) || !crosshair.press(event)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener, { capture: true })
    return () => window.removeEventListener('keydown', listener, { capture: true })
  }, [])
}
