import { describe, expect, it } from 'vitest'
import { chosenClass, emptyLabel, readClassAnswer, writeClassAnswer } from './class-answer.ts'
import { LabelFile } from './label.ts'
import { TASK_TYPES } from './task-type.ts'

describe('answers inside classification labels', () => {
  it('reads both writings of a binary label alike', () => {
    expect(readClassAnswer({ key: { '0': 'cat', '1': 'dog' }, value: 0.75 })).toEqual({
      value: 1,
      weights: [0.25, 0.75],
    })
    expect(readClassAnswer({ key: ['cat', 'dog'], weight: [0.25, 0.75], value: 1 })).toEqual({
      value: 1,
      weights: [0.25, 0.75],
    })
  })

  it('reads a label nobody answered as unanswered', () => {
    expect(readClassAnswer({ key: { '0': 'cat', '1': 'dog' }, value: null })?.value).toBeNull()
    expect(readClassAnswer({})).toBeNull()
  })

  it('writes a binary answer as the probability of the second class', () => {
    expect(writeClassAnswer(1001, ['cat', 'dog'], chosenClass(2, 0))).toEqual({
      key: { '0': 'cat', '1': 'dog' },
      value: 0,
    })
    expect(writeClassAnswer(1002, ['cat', 'dog'], { value: 1, weights: [0.2, 0.8] })).toEqual({
      key: { '0': 'cat', '1': 'dog' },
      value: 0.8,
    })
  })

  it('writes a multi-class answer as an index with weights', () => {
    expect(writeClassAnswer(1003, ['a', 'b', 'c'], chosenClass(3, 2))).toEqual({
      key: ['a', 'b', 'c'],
      weight: [0, 0, 1],
      value: 2,
    })
  })

  it.each(TASK_TYPES)('has an empty label for $name that its own schema takes', ({ imageType, defaultClasses }) => {
    expect(LabelFile.safeParse(emptyLabel(imageType, defaultClasses, 4, 6)).success).toBe(true)
  })
})
