// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { keyAction, keyOfClass } from './key-action.ts'

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

describe('keyAction', () => {
  it('takes 1-9 and 0 for the first ten answers and Shift for the next ten', () => {
    expect(keyAction(press('1'), document.body)).toEqual({ kind: 'choose', index: 0 })
    expect(keyAction(press('0'), document.body)).toEqual({ kind: 'choose', index: 9 })
    expect(keyAction(press('!', { code: 'Digit1', shiftKey: true }), document.body)).toEqual({
      kind: 'choose',
      index: 10,
    })
    expect([keyOfClass(0), keyOfClass(9), keyOfClass(10), keyOfClass(20)]).toEqual(['1', '0', '⇧1', null])
  })

  it('leaves keys to whoever is typing or composing', () => {
    const input = document.createElement('input')
    document.body.append(input)
    expect(keyAction(press('1'), input)).toBeNull()
    expect(keyAction(press('Enter', { isComposing: true }), document.body)).toBeNull()
  })

  it('leaves Enter to a focused button but not to an answer', () => {
    const button = document.createElement('button')
    expect(keyAction(press('Enter'), button)).toBeNull()
    button.dataset.answer = '0'
    expect(keyAction(press('Enter'), button)).toEqual({ kind: 'accept' })
  })

  it('knows undo and redo as every program does, and leaves other combinations alone', () => {
    expect(keyAction(press('z', { ctrlKey: true }), document.body)).toEqual({ kind: 'undo' })
    expect(keyAction(press('Z', { metaKey: true, shiftKey: true }), document.body)).toEqual({ kind: 'redo' })
    expect(keyAction(press('1', { ctrlKey: true }), document.body)).toBeNull()
  })
})
