import { isTyping } from '../viewport/is-typing.ts'
import { chordOf } from './chord.ts'
import { type Bindings, COMMAND_NAMES, COMMANDS, type CommandName, type Scope } from './commands.ts'

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>

/** What a key asks for: a command, or a class by its number. */
export type Asked = { command: CommandName } | { choose: number }

/** Null while composing Chinese, while typing, and for keys that mean nothing where `scopes` hold. */
export function findCommand(
  pressed: Pressed,
  target: EventTarget | null,
  bindings: Bindings,
  scopes: ReadonlySet<Scope>,
): Asked | null {
  if (pressed.isComposing || isTyping(target)) return null
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(pressed.code)?.[1]
  if (digit !== undefined && !pressed.ctrlKey && !pressed.metaKey && !pressed.altKey) {
    return { choose: ((Number(digit) + 9) % 10) + (pressed.shiftKey ? 10 : 0) }
  }
  const chord = chordOf(pressed)
  if (chord === null) return null
  const command = COMMAND_NAMES.find((name) => scopes.has(COMMANDS[name].scope) && bindings[name].includes(chord))
  if (!command || ((chord === 'Enter' || chord === 'Space') && isButton(target))) return null
  return { command }
}

/** The key written beside the class at `index`: 1-9, 0, then the same with Shift. */
export function keyOfClass(index: number): string | null {
  if (index >= 20) return null
  return `${index >= 10 ? '⇧' : ''}${(index + 1) % 10}`
}

/** These keys press a button that has the focus; rows of answers and marks pass them on. */
const isButton = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('button:not([data-answer]), a, [role="menuitem"]') !== null
