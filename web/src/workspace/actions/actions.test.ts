// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { bindingsFrom, conflictOf, withKeys } from './bindings.ts'
import { chordOf, showChord } from './chord.ts'
import { COMMAND_NAMES, COMMANDS, type CommandName, scopesOf, USUAL_BINDINGS } from './commands.ts'
import { findCommand, keyOfClass } from './find-command.ts'

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: /\d/.test(key) ? `Digit${key}` : '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
})
const boxes = scopesOf({ kind: 'box', hasInstances: true })
const cells = scopesOf({ kind: 'mask', hasInstances: true })
const find = (pressed: ReturnType<typeof press>, target: EventTarget = document.body, scopes = cells) =>
  findCommand(pressed, target, USUAL_BINDINGS, scopes)

describe('keys of one’s own', () => {
  it('take the place of the usual ones, and can be none', () => {
    const own = withKeys(withKeys({}, 'toolBrush', ['q']), 'skip', [])
    expect(bindingsFrom(own)).toMatchObject({ toolBrush: ['q'], skip: [], toolEraser: ['e'] })
    expect(withKeys(own, 'toolBrush', ['b'])).toEqual({ skip: [] })
    expect(bindingsFrom({ gone: ['x'] })).toEqual(USUAL_BINDINGS)
  })

  it('tell what they collide with, where both can be meant', () => {
    const bindings = (name: CommandName, key: string) => bindingsFrom(withKeys({}, name, [key]))
    expect(conflictOf(bindings('skip', 'n'), 'skip')).toBe('cycle')
    expect(conflictOf(bindings('toolBox', 'e'), 'toolBox')).toBeNull()
    expect(conflictOf(bindings('skip', 'w'), 'skip')).toBe('fixed')
    expect(conflictOf(bindings('skip', 'r'), 'skip')).toBe('turnRight')
    expect(COMMAND_NAMES.filter((name) => conflictOf(USUAL_BINDINGS, name) !== null)).toEqual([])
  })
})

describe('keys', () => {
  it('are written with what is held beside them', () => {
    expect(chordOf(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+z')
    expect(chordOf(press('?', { shiftKey: true }))).toBe('?')
    expect(chordOf(press(' '))).toBe('Space')
    expect(chordOf(press('Shift', { shiftKey: true }))).toBeNull()
    expect([showChord('Ctrl+Shift+z'), showChord('+'), showChord('Ctrl++'), showChord('Shift+ArrowUp')]).toEqual([
      'Ctrl ⇧ Z',
      '+',
      'Ctrl +',
      '⇧ ↑',
    ])
  })

  it('1-9 and 0 stand for the first ten classes, with Shift for the next ten', () => {
    expect(find(press('1'))).toEqual({ choose: 0 })
    expect(find(press('0'))).toEqual({ choose: 9 })
    expect(find(press('!', { code: 'Digit1', shiftKey: true }))).toEqual({ choose: 10 })
    expect(find(press('1', { ctrlKey: true }))).toBeNull()
    expect([keyOfClass(0), keyOfClass(9), keyOfClass(10), keyOfClass(20)]).toEqual(['1', '0', '⇧1', null])
  })

  it('are left to whoever is typing or composing', () => {
    const input = document.createElement('input')
    document.body.append(input)
    expect(find(press('1'), input)).toBeNull()
    expect(find(press('Enter', { isComposing: true }))).toBeNull()
  })

  it('leave Enter to a focused button but not to an answer', () => {
    const button = document.createElement('button')
    expect(find(press('Enter'), button)).toBeNull()
    button.dataset.answer = '0'
    expect(find(press('Enter'), button)).toEqual({ command: 'accept' })
  })

  it('mean what the task of the project makes of them', () => {
    expect(find(press('b'), document.body, boxes)).toEqual({ command: 'toolBox' })
    expect(find(press('b'))).toEqual({ command: 'toolBrush' })
    expect(find(press('e'), document.body, boxes)).toBeNull()
    expect(find(press('z', { ctrlKey: true }))).toEqual({ command: 'undo' })
    expect(find(press('Z', { metaKey: true, shiftKey: true }))).toEqual({ command: 'redo' })
  })

  it('of no two commands are the same on one screen', () => {
    for (const marks of [
      null,
      { kind: 'box', hasInstances: true } as const,
      { kind: 'mask', hasInstances: false } as const,
      { kind: 'mask', hasInstances: true } as const,
    ]) {
      const scopes = scopesOf(marks)
      const chords = COMMAND_NAMES.filter((name) => scopes.has(COMMANDS[name].scope)).flatMap(
        (name) => COMMANDS[name].keys as readonly string[],
      )
      expect(chords.filter((chord, at) => chords.indexOf(chord) !== at)).toEqual([])
    }
  })
})
