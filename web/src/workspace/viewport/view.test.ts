import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOnStage, fitView, flip, panBy, shownPart, toImage, toStage, turnBy, type View, zoomAt } from './view.ts'

const stage = { width: 800, height: 600 }
const image = { width: 1000, height: 500 }
const anyView: fc.Arbitrary<View> = fc.record({
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -500, max: 500 }),
  scale: fc.constantFrom(0.25, 1, 3, 8),
  turn: fc.constantFrom(0, 90, 180, 270, 33),
  isFlipped: fc.boolean(),
})
const middle = { x: stage.width / 2, y: stage.height / 2 }

describe('the view', () => {
  it('fits the whole image, centred, whichever way it is turned', () => {
    const view = fitView(image, stage)
    expect(view.scale).toBeCloseTo(0.768)
    expect(view.x).toBeCloseTo(16)
    expect(fitView({ width: 20, height: 20 }, stage).scale).toBe(8)
    const turned = fitView(image, stage, { turn: 90, isFlipped: true })
    expect(turned.scale).toBeCloseTo(0.568)
    const bounds = boundsOnStage(turned, image)
    expect([bounds.left, bounds.top, bounds.width, bounds.height].map(Math.round)).toEqual([258, 16, 284, 568])
  })

  it('leads from the image to the stage and back', () => {
    fc.assert(
      fc.property(anyView, fc.double({ min: 0, max: 900, noNaN: true }), (view, x) => {
        const back = toImage(view, toStage(view, { x, y: 7.25 }))
        expect(back.x).toBeCloseTo(x, 6)
        expect(back.y).toBeCloseTo(7.25, 6)
      }),
    )
  })

  it('keeps pixels of the image on whole pixels of the stage at quarter turns', () => {
    for (const turn of [0, 90, 180, 270]) {
      for (const isFlipped of [false, true]) {
        const { x, y } = toStage({ x: 11, y: 17, scale: 4, turn, isFlipped }, { x: 3, y: 5 })
        expect([x % 1, y % 1].map(Math.abs)).toEqual([0, 0])
      }
    }
    expect(toStage({ x: 100, y: 0, scale: 2, turn: 90, isFlipped: false }, { x: 3, y: 5 })).toEqual({ x: 90, y: 6 })
    expect(toStage({ x: 100, y: 0, scale: 2, turn: 0, isFlipped: true }, { x: 3, y: 5 })).toEqual({ x: 94, y: 10 })
  })

  it('keeps the point under the pointer when zooming', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const [before, after] = [view, zoomAt(view, 3, 300, 200)].map((each) => toImage(each, { x: 300, y: 200 }))
        expect(after?.x).toBeCloseTo(before?.x ?? 0, 5)
        expect(after?.y).toBeCloseTo(before?.y ?? 0, 5)
      }),
    )
  })

  it('turns and mirrors about the middle of the stage', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        for (const next of [turnBy(view, 90, stage), turnBy(view, -7, stage), flip(view, stage)]) {
          expect(toImage(next, middle).x).toBeCloseTo(toImage(view, middle).x, 5)
          expect(toImage(next, middle).y).toBeCloseTo(toImage(view, middle).y, 5)
        }
        const place = toStage(view, { x: 20, y: 30 })
        const mirrored = toStage(flip(view, stage), { x: 20, y: 30 })
        expect(mirrored.x).toBeCloseTo(stage.width - place.x, 5)
        expect(mirrored.y).toBeCloseTo(place.y, 5)
      }),
    )
    expect(turnBy(fitView(image, stage), -90, stage).turn).toBe(270)
  })

  it('never loses the image off the stage', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const { left, top, height } = boundsOnStage(panBy(view, 5000, -5000, image, stage), image)
        expect(left).toBeLessThan(stage.width)
        expect(top + height).toBeGreaterThan(0)
      }),
    )
  })

  it('knows which part of the image can be seen', () => {
    const view = { x: -100, y: 20, scale: 2, turn: 0, isFlipped: false }
    expect(shownPart(view, image, stage)).toEqual({ left: 50, top: 0, right: 450, bottom: 290 })
    const turned = { x: 600, y: -100, scale: 2, turn: 90, isFlipped: false }
    expect(shownPart(turned, image, stage)).toEqual({ left: 50, top: 0, right: 350, bottom: 300 })
  })
})
