export type ReviewKey = 'accept' | 'reject' | 'comment' | 'next' | 'previous' | 'marks'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>

const KEYS: Record<string, ReviewKey> = {
  a: 'accept',
  x: 'reject',
  c: 'comment',
  m: 'marks',
  ArrowRight: 'next',
  ArrowLeft: 'previous',
}

/** What a key asks for while reviewing; null while typing or composing. */
export function reviewKey(pressed: Pressed, target: EventTarget | null): ReviewKey | null {
  if (pressed.isComposing || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null
  const isTyping = target instanceof HTMLElement && target.closest('input, textarea, select, [role="dialog"]') !== null
  if (isTyping) return null
  return KEYS[pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key] ?? null
}
