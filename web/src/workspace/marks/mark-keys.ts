import type { MarkTool } from './tools.ts'

export type MarkKey =
  | { kind: 'tool'; tool: MarkTool }
  | { kind: 'radius'; factor: number }
  | { kind: 'nudge' | 'stretch'; x: number; y: number }
  | { kind: 'class'; index: number }
  | {
      kind:
        | 'accept'
        | 'remove'
        | 'cancel'
        | 'cycle'
        | 'cycleBack'
        | 'copy'
        | 'paste'
        | 'all'
        | 'holes'
        | 'merge'
        | 'place'
    }

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const TOOL_KEYS: Record<string, MarkTool> = {
  b: 'brush',
  e: 'eraser',
  p: 'polygon',
  g: 'grow',
  x: 'split',
  v: 'select',
  h: 'hand',
}
const PLAIN: Record<string, MarkKey> = {
  a: { kind: 'accept' },
  Delete: { kind: 'remove' },
  Backspace: { kind: 'remove' },
  Escape: { kind: 'cancel' },
  n: { kind: 'cycle' },
  '[': { kind: 'radius', factor: 1 / 1.25 },
  ']': { kind: 'radius', factor: 1.25 },
  d: { kind: 'place' },
  o: { kind: 'holes' },
  m: { kind: 'merge' },
}
const WITH_CONTROL: Record<string, MarkKey> = { c: { kind: 'copy' }, v: { kind: 'paste' }, a: { kind: 'all' } }
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The letter beside a tool; boxes are drawn with `b`, as brushes are where there are masks. */
export function keyOfTool(tool: MarkTool): string {
  if (tool === 'box') return 'B'
  return (Object.entries(TOOL_KEYS).find(([, other]) => other === tool)?.[0] ?? '').toUpperCase()
}

/** What a key asks of the marks; null for keys that mean nothing here, or something to the rest of the screen. */
export function markKey(pressed: Pressed, tools: readonly MarkTool[]): MarkKey | null {
  if (pressed.altKey) return null
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key
  const isControl = pressed.ctrlKey || pressed.metaKey
  const arrow = pressed.shiftKey ? ARROWS[key] : undefined
  if (arrow) return { kind: isControl ? 'stretch' : 'nudge', x: arrow[0], y: arrow[1] }
  if (isControl) return pressed.shiftKey ? null : (WITH_CONTROL[key] ?? null)
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(pressed.code)?.[1]
  if (digit !== undefined) return { kind: 'class', index: ((Number(digit) + 9) % 10) + (pressed.shiftKey ? 10 : 0) }
  if (key === 'n' && pressed.shiftKey) return { kind: 'cycleBack' }
  const wanted = key === 'b' && tools.includes('box') ? 'box' : TOOL_KEYS[key]
  if (wanted) return tools.includes(wanted) ? { kind: 'tool', tool: wanted } : null
  return PLAIN[key] ?? null
}
