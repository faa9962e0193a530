import { describe, expect, it } from 'vitest'
import { answerOf, apply, EMPTY_STATE, NO_ANSWER, redo, submit, undo } from './annotation-store.ts'

const choose = (value: number | null) => ({ ...NO_ANSWER, value })

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

  it('ends a draft when its answer is submitted', () => {
    const state = submit(apply(EMPTY_STATE, 'a', choose(1), 'person'), 'a', NO_ANSWER)
    expect(state.drafts.size).toBe(0)
    expect(answerOf(state, 'a')).toEqual(choose(1))
  })

  it('undoes a submission first, then the choice before it', () => {
    let state = apply(EMPTY_STATE, 'a', choose(0), 'model')
    state = submit(apply(state, 'a', choose(1), 'person'), 'a', NO_ANSWER)
    state = undo(state)
    expect(state.redoable.at(-1)).toMatchObject({ kind: 'submit', before: NO_ANSWER })
    expect(state.drafts.get('a')).toEqual(choose(1))
    state = undo(state)
    expect(answerOf(state, 'a')).toEqual(choose(0))
    expect(state.drafts.size).toBe(0)
    expect(redo(redo(state)).ground.get('a')).toEqual(choose(1))
  })

  it('leaves no draft when an accepted guess is undone', () => {
    const state = undo(submit(apply(EMPTY_STATE, 'a', choose(0), 'model'), 'a', NO_ANSWER))
    expect(state.drafts.size).toBe(0)
    expect(answerOf(state, 'a')).toEqual(choose(0))
  })

  it('does not record a choice that changes nothing', () => {
    const state = apply(EMPTY_STATE, 'a', choose(1), 'model')
    expect(apply(state, 'a', choose(1), 'person')).toBe(state)
  })

  it('keeps what can be undone on the last images, and forgets what others held', () => {
    let state = EMPTY_STATE
    for (let at = 0; at < 60; at += 1) {
      state = apply(state, `image ${at}`, choose(0), 'model')
      state = submit(apply(state, `image ${at}`, choose(1), 'person'), `image ${at}`, null)
    }
    const images = new Set(state.undoable.map(({ imageId }) => imageId))
    expect([...images]).toEqual(Array.from({ length: 20 }, (_, at) => `image ${at + 40}`))
    expect(state.undoable).toHaveLength(40)
    expect(state.ground.size).toBeLessThanOrEqual(21)
    expect(answerOf(state, 'image 59')).toEqual(choose(1))
  })

  it('takes a measurement back as it does everything else', () => {
    const points: [number, number][] = [
      [0, 0],
      [3, 4],
    ]
    const measured = { ...NO_ANSWER, measures: [{ id: 'm', kind: 'length' as const, points }] }
    const state = apply(EMPTY_STATE, 'a', measured, 'person')
    expect(answerOf(state, 'a')).toEqual(measured)
    expect(undo(state).drafts.size).toBe(0)
    expect(answerOf(redo(undo(state)), 'a').measures).toHaveLength(1)
    expect(apply(state, 'a', { ...measured, measures: [...measured.measures] }, 'person')).toBe(state)
  })

  it('never forgets a draft or what lies under it', () => {
    let state = apply(EMPTY_STATE, 'a', choose(0), 'model')
    state = apply(state, 'a', choose(1), 'person')
    for (let at = 0; at < 60; at += 1) state = apply(state, `image ${at}`, choose(0), 'model')
    expect(answerOf(state, 'a')).toEqual(choose(1))
    expect(apply(state, 'a', choose(0), 'person').drafts.size).toBe(0)
  })
})
