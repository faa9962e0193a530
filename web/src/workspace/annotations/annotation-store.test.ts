import { describe, expect, it } from 'vitest'
import { answerOf, apply, EMPTY_STATE, redo, settle, undo } from './annotation-store.ts'

const choose = (value: number | null) => ({ value, tags: [] })

describe('the annotation store', () => {
  it('undoes and redoes across images, last change first', () => {
    let state = apply(EMPTY_STATE, 'a', choose(0), 'model')
    state = apply(state, 'a', choose(1), 'person')
    state = apply(state, 'b', choose(2), 'person')
    state = undo(state)
    expect([answerOf(state, 'a').value, answerOf(state, 'b').value]).toEqual([1, null])
    state = undo(state)
    expect(answerOf(state, 'a').value).toBe(0)
    expect(state.drafts.size).toBe(0)
    expect(redo(redo(state)).drafts.get('b')).toEqual(choose(2))
  })

  it('never lets a model or another person enter the undo stack or replace a draft', () => {
    let state = apply(EMPTY_STATE, 'a', choose(1), 'person')
    state = apply(state, 'a', choose(2), 'remote')
    expect(answerOf(state, 'a').value).toBe(1)
    expect(state.undoable).toHaveLength(1)
    expect(apply(EMPTY_STATE, 'a', choose(1), 'model').undoable).toHaveLength(0)
  })

  it('forgets what could be redone once a person goes another way', () => {
    const state = undo(apply(EMPTY_STATE, 'a', choose(1), 'person'))
    expect(apply(state, 'a', choose(2), 'person').redoable).toEqual([])
  })

  it('ends a draft when its answer is submitted, and undo afterwards makes a draft of the earlier one', () => {
    let state = apply(EMPTY_STATE, 'a', choose(0), 'model')
    state = settle(apply(state, 'a', choose(1), 'person'), 'a', choose(1))
    expect(state.drafts.size).toBe(0)
    expect(undo(state).drafts.get('a')).toEqual(choose(0))
  })

  it('does not record a choice that changes nothing', () => {
    const state = apply(EMPTY_STATE, 'a', choose(1), 'model')
    expect(apply(state, 'a', choose(1), 'person')).toBe(state)
  })
})
