import { expect, it } from 'vitest'
import type { Mark } from '../marks/mark.ts'
import { NO_ANSWER } from './annotation-store.ts'
import { carryAnswer } from './carry-answer.ts'

it('an answer goes to the places its classes have now, and what is gone goes with its class', () => {
  const box = (id: string, place: number): Mark => ({
    ...{ id, class: place, frame: 0, origin: 'person', score: null },
    shape: { kind: 'box', box: [0, 0, 5, 5] },
  })
  const size = { width: 10, height: 10 }
  const given = { ...NO_ANSWER, value: 2, marks: { size, list: [box('a', 0), box('b', 1), box('c', 2)] } }
  const carried = carryAnswer(given, [1, null, 0])
  expect(carried).toEqual({ ...given, value: 0, marks: { size, list: [box('a', 1), box('c', 0)] } })
  expect(carryAnswer({ ...NO_ANSWER, value: 1 }, [0, null]).value).toBeNull()
})
