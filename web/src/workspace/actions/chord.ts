type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const MODIFIERS = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
])

/**
 * A key with what is held beside it, as it is kept: `Ctrl+Shift+z`, `?`, `Space`. Command counts as Ctrl. Shift is named
 * only with letters and named keys: of others it makes another character. Null for a modifier alone.
 */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string | null {
  if (MODIFIERS.has(key)) return null
  const isCharacter = key.length === 1
  const isLetter = isCharacter && key.toLowerCase() !== key.toUpperCase()
  const name = key === ' ' ? 'Space' : isCharacter ? key.toLowerCase() : key
  const parts = [
    ctrlKey || metaKey ? 'Ctrl' : '',
    altKey ? 'Alt' : '',
    shiftKey && (isLetter || !isCharacter || key === ' ') ? 'Shift' : '',
    name,
  ]
  return parts.filter(Boolean).join('+')
}

const SYMBOLS: Record<string, string> = {
  Shift: '⇧',
  Enter: '↵',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Space: '␣',
  Backspace: '⌫',
  Delete: 'Del',
  Escape: 'Esc',
}

/** A chord as it stands on keys: `Ctrl ⇧ Z`. */
export function showChord(chord: string): string {
  const parts = chord === '+' || chord.endsWith('++') ? [...chord.slice(0, -1).split('+'), '+'] : chord.split('+')
  return parts
    .filter(Boolean)
    .map((part) => SYMBOLS[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ')
}
