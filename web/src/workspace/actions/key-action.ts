export type KeyAction =
  | { kind: 'choose'; index: number }
  | {
      kind:
        | 'accept'
        | 'previous'
        | 'next'
        | 'skip'
        | 'undo'
        | 'redo'
        | 'fit'
        | 'actual'
        | 'invert'
        | 'help'
        | 'zoomIn'
        | 'zoomOut'
    }

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>
type Simple = Exclude<KeyAction['kind'], 'choose'>

const KEYS: Record<string, Simple> = {
  Enter: 'accept',
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  s: 'skip',
  f: 'fit',
  a: 'actual',
  i: 'invert',
  '?': 'help',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
}

/** What a key asks for on the annotate screen; null while composing Chinese, typing, or for keys of the browser. */
export function keyAction(pressed: Pressed, target: EventTarget | null): KeyAction | null {
  if (pressed.isComposing || isTyping(target) || pressed.altKey) return null
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key
  if (pressed.ctrlKey || pressed.metaKey) {
    if (key === 'z') return { kind: pressed.shiftKey ? 'redo' : 'undo' }
    return key === 'y' ? { kind: 'redo' } : null
  }
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(pressed.code)?.[1]
  if (digit !== undefined) return { kind: 'choose', index: ((Number(digit) + 9) % 10) + (pressed.shiftKey ? 10 : 0) }
  if (key === 'Enter' && isButton(target)) return null
  const kind = KEYS[key]
  return kind ? { kind } : null
}

/** The key written beside the class at `index`: 1-9, 0, then the same with Shift. */
export function keyOfClass(index: number): string | null {
  if (index >= 20) return null
  return `${index >= 10 ? '⇧' : ''}${(index + 1) % 10}`
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"]') !== null)
const isButton = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('button:not([data-answer]), a, [role="menuitem"]') !== null
