import { expect, it } from 'vitest'
import { pinched } from './pinch.ts'
import { toImage } from './view.ts'

const view = { x: 10, y: 20, scale: 2, turn: 90, isFlipped: false }

it('two fingers keep what lies between them between them', () => {
  const before = [
    { x: 100, y: 100 },
    { x: 200, y: 100 },
  ] as const
  const after = [
    { x: 90, y: 150 },
    { x: 290, y: 150 },
  ] as const
  const next = pinched(view, before, after)
  expect(next.scale).toBeCloseTo(4)
  const [was, is] = [toImage(view, { x: 150, y: 100 }), toImage(next, { x: 190, y: 150 })]
  expect(is.x).toBeCloseTo(was.x)
  expect(is.y).toBeCloseTo(was.y)
  expect(pinched(view, before, before)).toEqual(view)
})
