import type { StageAction } from './use-stage-view.ts'

/** What keys ask of the stage alone. */
export type StageKey =
  | { kind: 'view'; action: StageAction }
  | { kind: 'frame'; step: number }
  | { kind: 'frameEnd'; end: 'first' | 'last' }
  | { kind: 'autoWindow' }

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const KEYS: Record<string, StageKey> = {
  r: { kind: 'view', action: 'turnRight' },
  'shift r': { kind: 'view', action: 'turnLeft' },
  'shift f': { kind: 'view', action: 'flip' },
  ',': { kind: 'frame', step: -1 },
  '.': { kind: 'frame', step: 1 },
  PageUp: { kind: 'frame', step: -10 },
  PageDown: { kind: 'frame', step: 10 },
  Home: { kind: 'frameEnd', end: 'first' },
  End: { kind: 'frameEnd', end: 'last' },
  'shift w': { kind: 'autoWindow' },
}

export function stageKey({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): StageKey | null {
  if (ctrlKey || metaKey || altKey) return null
  const name = key.length === 1 ? key.toLowerCase() : key
  return KEYS[shiftKey && /^[a-z]$/.test(name) ? `shift ${name}` : name] ?? null
}
