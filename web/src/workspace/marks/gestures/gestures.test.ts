import { describe, expect, it } from 'vitest'
import { plainFacts } from '../../viewport/frames/pixel-grid.ts'
import type { Mark } from '../mark.ts'
import { personsBox } from '../mark.ts'
import { look, type PixelSource } from '../pixels/look.ts'
import type { Picture } from '../pixels/picture.ts'
import { WHOLE } from '../pixels/place.ts'
import { findSuperpixels } from '../pixels/superpixels.ts'
import { areaOf, type Region } from '../region.ts'
import { polygon } from '../region-shapes.ts'
import { sketchOf } from './sketch.ts'
import type { Gesture, Ground, Outcome, Tool, Touch } from './tool.ts'
import { TOOLS } from './tools.ts'
import { back, follow, forward, NO_TRAIL, take } from './trail.ts'

const size = { width: 100, height: 80 }
/** A bright square from 20 to 40 on dark ground. */
const picture: Picture = { ...size, data: new Uint8ClampedArray(4 * 8000) }
for (let at = 0; at < 8000; at += 1) {
  const [x, y] = [at % 100, Math.floor(at / 100)]
  const value = x >= 20 && x < 40 && y >= 20 && y < 40 ? 220 : 30
  picture.data.set([value, value, value, 255], 4 * at)
}
const grid = { ...size, channels: 4, samples: new Uint8Array(picture.data), facts: plainFacts(size, 'rgba') } as const
const base: Ground = {
  ...{ size, reach: 4, still: 1, list: [], shown: [], selected: new Set(), hasInstances: true, protects: true },
  ...{ isLocked: () => false, classIndex: 0, radius: 3, tolerance: 10, range: [0, 255], fieldShape: 'box' },
  measureKind: 'length',
  measurements: [],
  superpixels: findSuperpixels(picture, { left: 0, top: 0, right: 100, bottom: 80 }, 10),
}
const tone = { kind: 'colour', brightness: 1, contrast: 1, inverted: false } as const
const source: PixelSource = { grid, tone, place: WHOLE, size }

/** Answers what a gesture asks about the picture, as a worker does, until it knows enough. */
function settle(tool: Tool, begun: Outcome, ground: Ground): Outcome {
  let outcome = begun
  for (;;) {
    const { gesture, range = ground.range } = outcome
    const now = { ...ground, range }
    const question = gesture && tool.asks?.(gesture, now)
    if (!question || !gesture) return outcome
    const next = tool.answered?.(gesture, question, look(source, question), now)
    if (!next) return outcome
    outcome = { ...(outcome.range ? { range: outcome.range } : {}), ...next }
  }
}
const over = (list: readonly Mark[], more: Partial<Ground> = {}): Ground => ({ ...base, list, shown: list, ...more })
const touch = ([x, y]: [number, number], more: Partial<Touch> = {}): Touch => ({
  ...{ at: { x, y }, isMore: false, isOther: false, pressure: 1, ...more },
})

/** Presses at the first place, drags through the others and lets go at the last. */
function drag(
  tool: Tool,
  ground: Ground,
  places: [number, number][],
  more: Partial<Touch> = {},
  from: Gesture | null = null,
) {
  const [first, ...rest] = places
  const pressed = tool.press(from, touch(first as [number, number], more), ground)
  let { gesture } = pressed
  for (const place of rest) if (gesture && tool.move) gesture = tool.move(gesture, [touch(place, more)], ground, true)
  const last = touch(places.at(-1) as [number, number], more)
  return settle(tool, gesture && tool.release ? tool.release(gesture, last, ground) : pressed, ground)
}
/** Clicks one place after the other, then finishes. */
function click(tool: Tool, ground: Ground, places: [number, number][], more: Partial<Touch> = {}): Outcome {
  let gesture: Gesture | null = null
  let outcome: Outcome = { gesture }
  for (const place of places) {
    if (gesture && tool.move) gesture = tool.move(gesture, [touch(place, more)], ground, false)
    outcome = drag(tool, ground, [place], more, gesture)
    gesture = outcome.gesture
  }
  return gesture && tool.finish ? tool.finish(gesture, ground) : outcome
}
const areas = ({ list }: Outcome) => (list ?? []).map(({ shape }) => (shape.kind === 'mask' ? areaOf(shape.region) : 0))
const square = (x: number, y: number, side: number): Region =>
  polygon(
    [
      { x, y },
      { x: x + side, y },
      { x: x + side, y: y + side },
      { x, y: y + side },
    ],
    size,
  )
const mask = (id: string, region: Region): Mark => ({
  ...{ id, class: 0, frame: 0, origin: 'person', score: null, shape: { kind: 'mask', region } },
})
const corners: [number, number][] = [
  [20, 20],
  [40, 20],
  [40, 40],
  [20, 40],
]

describe('a polygon', () => {
  it('is closed by Enter, by a press on its first point, or by a line that comes back freehand', () => {
    expect(areas(click(TOOLS.polygon, base, corners))).toEqual([400])
    expect(areas(click(TOOLS.polygon, base, [...corners, [21, 19]]))).toEqual([400])
    const round = Array.from({ length: 40 }, (_, at): [number, number] => [
      50 + 20 * Math.cos(at / 6.4),
      40 + 20 * Math.sin(at / 6.4),
    ])
    const [area] = areas(drag(TOOLS.polygon, base, round))
    expect(Math.abs((area ?? 0) - Math.PI * 400)).toBeLessThan(60)
  })

  it('takes away while Control is held', () => {
    const ground = over([mask('one', square(10, 10, 40))])
    expect(areas(click(TOOLS.polygon, ground, corners, { isOther: true }))).toEqual([1200])
  })

  it('goes back and forth point by point while it is unfinished', () => {
    const first = TOOLS.polygon.press(null, touch([20, 20]), base).gesture
    const one = take(follow(NO_TRAIL, first), null, first)
    const second = TOOLS.polygon.press(first, touch([40, 20]), base).gesture
    const two = take(follow(one, second), first, second)
    expect(back(two)?.gesture).toEqual(first)
    const none = back(back(two) ?? NO_TRAIL)
    expect(none?.gesture).toBeNull()
    expect(forward(forward(none ?? NO_TRAIL) ?? NO_TRAIL)?.gesture).toEqual(second)
    expect([back(NO_TRAIL), forward(two)]).toEqual([null, null])
  })
})

describe('a curve', () => {
  it('encloses more than its points’ polygon, as it is round', () => {
    expect(areas(click(TOOLS.curve, base, corners))[0]).toBeGreaterThan(420)
  })
})

describe('the scissors', () => {
  it('cling to the edge between clicks that are a little off it', () => {
    const [area] = areas(
      click(TOOLS.scissors, base, [
        [21, 21],
        [39, 20],
        [40, 39],
        [20, 39],
      ]),
    )
    expect(Math.abs((area ?? 0) - 400)).toBeLessThan(60)
  })

  it('take clicks that are quicker than the ways are found, and close when they are', () => {
    const places = [
      [21, 21],
      [39, 20],
      [40, 39],
      [20, 39],
    ] as const
    let gesture: Gesture | null = null
    for (const [x, y] of places) gesture = TOOLS.scissors.press(gesture, touch([x, y]), base).gesture
    expect(TOOLS.scissors.asks?.(gesture as Gesture, base)).toEqual({ kind: 'wire', at: { x: 21, y: 21 } })
    const closing = TOOLS.scissors.finish?.(gesture as Gesture, base) ?? { gesture: null }
    expect(closing.list).toBeUndefined()
    const [area] = areas(settle(TOOLS.scissors, closing, base))
    expect(Math.abs((area ?? 0) - 400)).toBeLessThan(60)
  })
})

describe('the wand', () => {
  it('takes similar pixels, more of them when it is dragged right', () => {
    expect(areas(drag(TOOLS.grow, base, [[30, 30]]))).toEqual([400])
    const wide = drag(TOOLS.grow, base, [
      [30, 30],
      [90, 30],
    ])
    expect(wide.tolerance).toBe(70)
    expect(areas(wide)).toEqual([400])
    const all = drag(TOOLS.grow, { ...base, tolerance: 150 }, [
      [30, 30],
      [80, 20],
    ])
    expect(areas(all)).toEqual([8000])
  })
})

it('a wand that is let go before anything is found lays it when it is, and only the last tolerance', () => {
  const pressed = TOOLS.grow.press(null, touch([30, 30]), base).gesture as Gesture
  const early = TOOLS.grow.asks?.(pressed, base)
  const dragged = TOOLS.grow.move?.(pressed, [touch([80, 30])], base, true) as Gesture
  const released = TOOLS.grow.release?.(dragged, touch([80, 30]), base).gesture as Gesture
  if (!early) throw new Error('nothing is asked')
  const stale = TOOLS.grow.answered?.(released, early, look(source, early), base)
  expect(stale?.list).toBeUndefined()
  expect(areas(settle(TOOLS.grow, stale ?? { gesture: null }, base))).toEqual([400])
})

describe('the threshold', () => {
  it('suggests a range for the box drawn, shows what it would take, and lays it on Enter', () => {
    const drawn = drag(TOOLS.threshold, base, [
      [15, 15],
      [45, 45],
    ])
    expect(drawn.gesture).not.toBeNull()
    const [low, high] = drawn.range ?? [0, 0]
    expect(low).toBeGreaterThan(30)
    expect(high).toBe(255)
    const ground = { ...base, range: [low, high] as const }
    expect(areaOf(sketchOf(drawn.gesture as Gesture, ground).region)).toBe(400)
    const finished = TOOLS.threshold.finish?.(drawn.gesture as Gesture, ground) ?? { gesture: null }
    expect(areas(settle(TOOLS.threshold, finished, ground))).toEqual([400])
  })

  it('looks where a brush passed, as far as one goes on', () => {
    const ground = { ...base, fieldShape: 'brush', radius: 4 } as const
    const darker = { ...ground, range: [0, 100] } as const
    const one = drag(TOOLS.threshold, ground, [
      [30, 30],
      [34, 30],
    ])
    const two = drag(TOOLS.threshold, ground, [[30, 10]], {}, one.gesture)
    const { gesture } = settle(TOOLS.threshold, { gesture: two.gesture, range: [0, 100] }, darker)
    const { region } = sketchOf(gesture as Gesture, darker)
    expect(areaOf(region)).toBeGreaterThan(30)
    expect(areaOf(region)).toBeLessThan(60)
  })
})

describe('superpixels', () => {
  it('are taken by a press, and more of them by a drag', () => {
    const one = areas(drag(TOOLS.superpixels, base, [[30, 30]]))[0] ?? 0
    const more =
      areas(
        drag(TOOLS.superpixels, base, [
          [25, 25],
          [35, 25],
          [35, 35],
          [25, 35],
        ]),
      )[0] ?? 0
    expect(one).toBeGreaterThan(20)
    expect(more).toBeGreaterThan(one)
    expect(areaOf(TOOLS.superpixels.hint?.({ x: 30, y: 30 }, base) as Region)).toBe(one)
  })
})

describe('the bucket', () => {
  it('fills what a mask encloses', () => {
    const ring = polygon(
      [...corners].map(([x, y]) => ({ x, y })),
      size,
    )
    const hole = { top: 25, rows: Array.from({ length: 10 }, () => Int32Array.of(25, 35)) }
    const holed = drag(TOOLS.eraser, over([mask('one', ring)], { radius: 3 }), [[30, 30]])
    const ground = over(holed.list ?? [], { selected: new Set(['one']) })
    expect(areas(drag(TOOLS.fill, ground, [[30, 30]]))).toEqual([400])
    expect(areaOf(hole)).toBe(100)
  })
})

describe('vertices', () => {
  const ground = over([mask('one', square(20, 20, 20))], { selected: new Set(['one']) })

  it('are moved, added between others, and taken away with Control', () => {
    expect(
      areas(
        drag(TOOLS.vertices, ground, [
          [40, 40],
          [50, 50],
        ]),
      )[0],
    ).toBeGreaterThan(500)
    expect(
      areas(
        drag(TOOLS.vertices, ground, [
          [30, 20],
          [30, 10],
        ]),
      )[0],
    ).toBeGreaterThan(480)
    expect(areas(drag(TOOLS.vertices, ground, [[40, 40]], { isOther: true }))[0]).toBeLessThan(230)
  })

  it('of a locked mask stay, and a press elsewhere selects', () => {
    const locked = { ...ground, isLocked: () => true }
    expect(
      drag(TOOLS.vertices, locked, [
        [40, 40],
        [50, 50],
      ]).list,
    ).toBeUndefined()
    expect(drag(TOOLS.vertices, ground, [[70, 70]]).select).toEqual([])
  })
})

describe('selecting', () => {
  const list = [mask('one', square(10, 10, 10)), mask('two', square(30, 10, 10)), personsBox(0, [60, 60, 10, 10])]

  it('takes what a frame encloses, and with Shift more', () => {
    const ground = over(list)
    expect([
      ...(drag(TOOLS.select, ground, [
        [5, 5],
        [45, 25],
      ]).select ?? []),
    ]).toEqual(['one', 'two'])
    const more = drag(
      TOOLS.select,
      { ...ground, selected: new Set(['one']) },
      [
        [55, 55],
        [75, 75],
      ],
      { isMore: true },
    )
    expect([...(more.select ?? [])]).toEqual(['one', list[2]?.id])
  })

  it('takes the mark under a click, or none', () => {
    expect([...(drag(TOOLS.select, over(list), [[35, 15]]).select ?? [])]).toEqual(['two'])
    expect([...(drag(TOOLS.select, over(list), [[90, 5]]).select ?? [])]).toEqual([])
  })
})

describe('boxes', () => {
  it('that are locked are neither moved nor pulled', () => {
    const box = personsBox(0, [10, 10, 20, 20])
    const ground = over([box], { selected: new Set([box.id]), isLocked: () => true })
    expect(
      drag(TOOLS.box, ground, [
        [15, 15],
        [40, 40],
      ]).list,
    ).toHaveLength(2)
    expect(
      drag(TOOLS.box, ground, [
        [15, 15],
        [40, 40],
      ]).list?.[0],
    ).toBe(box)
  })
})

describe('a pen', () => {
  it('draws wider where it is pressed harder', () => {
    const light =
      areas(
        drag(
          TOOLS.brush,
          base,
          [
            [30, 60],
            [60, 60],
          ],
          { pressure: 0.5 },
        ),
      )[0] ?? 0
    const hard =
      areas(
        drag(
          TOOLS.brush,
          base,
          [
            [30, 60],
            [60, 60],
          ],
          { pressure: 1.5 },
        ),
      )[0] ?? 0
    expect(hard).toBeGreaterThan(2 * light)
  })
})

describe('measuring', () => {
  it('takes two clicks or a drag for a length, three clicks for an angle, and Enter for an area', () => {
    expect(
      drag(TOOLS.measure, base, [
        [10, 10],
        [20, 10],
      ]).measured?.points,
    ).toHaveLength(2)
    expect(
      click(TOOLS.measure, base, [
        [10, 10],
        [20, 10],
      ]).measured?.points,
    ).toHaveLength(2)
    const angle = { ...base, measureKind: 'angle' } as const
    expect(
      click(TOOLS.measure, angle, [
        [10, 10],
        [20, 10],
        [20, 30],
      ]).measured?.kind,
    ).toBe('angle')
    expect(click(TOOLS.measure, { ...base, measureKind: 'area' }, corners).measured?.points).toHaveLength(4)
    expect(click(TOOLS.measure, base, [[10, 10]]).measured).toBeUndefined()
  })
})

it('a point of what was measured is dragged elsewhere, the others stay', () => {
  const places = [
    { x: 10, y: 10 },
    { x: 30, y: 10 },
  ]
  const kept = { id: 'm', kind: 'length', points: places } as const
  const ground = { ...base, measurements: [kept] }
  const moved = drag(TOOLS.measure, ground, [
    [31, 11],
    [50, 40],
  ])
  expect(moved.remeasured).toEqual({ ...kept, points: [places[0], { x: 50, y: 40 }] })
  expect(moved.gesture).toBeNull()
  expect(drag(TOOLS.measure, ground, [[70, 70]]).gesture?.kind).toBe('measure')
})

describe('asking the model', () => {
  it('asks about a box or a place, and takes the answer only when it is accepted', () => {
    expect(
      drag(TOOLS.ask, base, [
        [10, 10],
        [30, 40],
      ]).question,
    ).toEqual({ box: [10, 10, 20, 30] })
    const asked = drag(TOOLS.ask, base, [[50, 50]])
    expect(asked.question).toEqual({ point: { x: 50, y: 50 } })
    const answer: Mark[] = [{ ...mask('guess-1', square(50, 50, 10)), origin: 'model', score: 0.8 }]
    const answered = { ...asked.gesture, answer } as Gesture
    expect(TOOLS.ask.finish?.(asked.gesture as Gesture, base).list).toBeUndefined()
    const taken = TOOLS.ask.finish?.(answered, over([mask('one', square(45, 45, 10))]))
    expect(areas(taken ?? { gesture: null })).toEqual([100, 75])
    expect(taken?.list?.[1]).toMatchObject({ origin: 'person', score: null })
  })
})
