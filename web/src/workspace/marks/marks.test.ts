import type { LabelFile } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { applyBoxGesture, boxAt, drawnBox, startBoxGesture, stretchBox } from './box-gesture.ts'
import { dataFromMarks, marksFromLabel } from './label-marks.ts'
import { isSameMarking, type Mark } from './mark.ts'
import { acceptGuesses, changeClass, finishMarks, moveMarks, pasteMarks, removeMarks, withFrame } from './mark-edits.ts'
import { addStroke, type EditRule, eraseStroke, mergeMasks, reshape, reshapeAll, splitMasks } from './mask-edits.ts'
import { areaOf, intersect, type Region } from './region.ts'
import { fillHoles } from './region-parts.ts'
import { capsule, polygon } from './region-shapes.ts'

const size = { width: 100, height: 80 }
const free: EditRule = { selected: new Set(), hasInstances: false, protects: false, isLocked: () => false }
const ids = (...names: string[]) => new Set(names)
const box = (id: string, place: [number, number, number, number], score: number | null = null): Mark => ({
  ...{ id, class: 0, frame: 0, score, origin: score === null ? 'person' : 'model' },
  shape: { kind: 'box', box: place },
})
const square = (x: number, y: number, side: number) =>
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
  id,
  class: 0,
  frame: 0,
  origin: 'person',
  score: null,
  shape: { kind: 'mask', region },
})
const areas = (list: readonly Mark[]) => list.map(({ shape }) => (shape.kind === 'mask' ? areaOf(shape.region) : 0))
const dragged = (list: readonly Mark[], selected: Set<string>, from: [number, number], to: [number, number]) => {
  const gesture = startBoxGesture(list, selected, { x: from[0], y: from[1] }, 3)
  return { kind: gesture.kind, list: applyBoxGesture(list, { ...gesture, now: { x: to[0], y: to[1] } }, size) }
}

describe('the pointer on boxes', () => {
  const list = [box('large', [10, 10, 60, 50], 0.9), box('small', [20, 20, 10, 10])]

  it('draws a box from any corner, cut at the edge of the image', () => {
    expect(drawnBox({ start: { x: 40, y: 30 }, now: { x: -5, y: 10 } }, size)).toEqual([0, 10, 40, 20])
    expect(drawnBox({ start: { x: 40, y: 30 }, now: { x: 40.4, y: 50 } }, size)).toBeNull()
    expect(dragged(list, ids(), [25, 25], [50, 50])).toEqual({ kind: 'draw', list })
  })

  it('finds the smallest box under it', () => {
    expect(boxAt(list, { x: 25, y: 25 })?.id).toBe('small')
    expect(boxAt(list, { x: 50, y: 50 })?.id).toBe('large')
    expect(boxAt(list, { x: 90, y: 70 })).toBeNull()
  })

  it('moves what is selected, never out of the image, and makes it a person’s', () => {
    const moved = dragged(list, ids('large'), [40, 40], [140, 41])
    expect(moved.kind).toBe('move')
    expect(moved.list[0]).toMatchObject({ origin: 'person', score: null, shape: { box: [40, 11, 60, 50] } })
    expect(moved.list[1]).toBe(list[1])
  })

  it('are made larger by keys inside the image only', () => {
    expect(stretchBox([90, 10, 8, 5], { x: 9, y: -1 }, size)).toEqual([90, 10, 10, 4])
  })

  it('pulls a handle of the only selected box, also past the other side', () => {
    expect(dragged(list, ids('large'), [70, 35], [80, 3]).list[0]).toMatchObject({ shape: { box: [10, 10, 70, 50] } })
    expect(dragged(list, ids('small'), [29, 31], [5, 15]).list[1]).toMatchObject({ shape: { box: [6, 14, 14, 6] } })
  })
})

describe('edits of marks', () => {
  const list = [box('sure', [0, 0, 5, 5], 0.9), box('unsure', [5, 5, 5, 5], 0.3), box('own', [9, 9, 5, 5])]

  it('accepts guesses one by one or above a score, and leaves out what is not shown', () => {
    expect(acceptGuesses(list, ({ id }) => id === 'unsure').map(({ origin }) => origin)).toEqual([
      'model',
      'person',
      'person',
    ])
    const finished = finishMarks({ size, list }, 0.5)
    expect(finished.list.map(({ id, origin }) => `${id} ${origin}`)).toEqual(['sure person', 'own person'])
    expect(finishMarks(finished, 0.5)).toBe(finished)
  })

  it('changes classes, removes, and pastes beside', () => {
    expect(changeClass(list, ids('sure'), 2)[0]).toMatchObject({ class: 2, origin: 'person' })
    expect(removeMarks(list, ids('sure', 'own')).map(({ id }) => id)).toEqual(['unsure'])
    const pasted = pasteMarks(list, [list[2] as Mark], free, size)
    expect(pasted.list.at(-1)).toMatchObject({ shape: { box: [19, 19, 5, 5] } })
    expect(pasted.ids).toEqual(ids(pasted.list.at(-1)?.id ?? ''))
  })
})

describe('edits of masks', () => {
  const one = mask('one', square(10, 10, 10))
  const two = mask('two', square(20, 10, 10))

  it('a stroke joins the mask of its class, or begins it', () => {
    const rule = { ...free, hasInstances: false }
    const stroke = { region: square(40, 40, 4), class: 0, start: { x: 40, y: 40 }, joins: false }
    expect(areas(addStroke([one], stroke, rule).list)).toEqual([116])
    expect(areas(addStroke([one], { ...stroke, class: 1 }, rule).list)).toEqual([100, 16])
  })

  it('with instances a stroke elsewhere begins a new one, and never takes pixels of another', () => {
    const rule = { ...free, hasInstances: true }
    const stroke = { region: square(12, 15, 10), class: 0, joins: false }
    const begun = addStroke([one, two], { ...stroke, start: { x: 40, y: 40 } }, rule)
    expect(areas(begun.list)).toEqual([100, 100, 50])
    expect(begun.touched).toBe(begun.list[2]?.id)
    const joined = addStroke([one, two], { ...stroke, start: { x: 12, y: 15 } }, rule)
    expect(areas(joined.list)).toEqual([150, 100])
  })

  it('begins a new instance beside the selected one, unless it is told to join it', () => {
    const rule = { ...free, hasInstances: true, selected: ids('one') }
    const stroke = { region: square(40, 40, 4), class: 0, start: { x: 40, y: 40 } }
    expect(areas(addStroke([one, two], { ...stroke, joins: false }, rule).list)).toEqual([100, 100, 16])
    expect(areas(addStroke([one, two], { ...stroke, joins: true }, rule).list)).toEqual([116, 100])
    const none = { ...rule, selected: ids() }
    expect(areas(addStroke([one, two], { ...stroke, joins: true }, none).list)).toEqual([100, 100, 16])
  })

  it('never paints over what is locked, nor over others where they are protected', () => {
    const other = { ...two, class: 1 }
    const stroke = { region: square(15, 10, 10), class: 0, start: { x: 16, y: 12 }, joins: false }
    expect(areas(addStroke([one, other], stroke, free).list)).toEqual([150, 100])
    expect(areas(addStroke([one, other], stroke, { ...free, protects: true }).list)).toEqual([100, 100])
    const isLocked = ({ id }: Mark) => id === 'two'
    expect(areas(addStroke([one, other], stroke, { ...free, isLocked }).list)).toEqual([100, 100])
    const onLocked = addStroke(
      [one, two],
      { ...stroke, start: { x: 22, y: 12 } },
      { ...free, hasInstances: true, isLocked },
    )
    expect(areas(onLocked.list)).toEqual([100, 100])
    const isFirst = ({ id }: Mark) => id === 'one'
    expect(areas(addStroke([one], stroke, { ...free, isLocked: isFirst }).list)).toEqual([100, 50])
  })

  it('reshapes a mask without taking pixels of others, and leaves a locked one alone', () => {
    const rule = { ...free, hasInstances: true }
    expect(areas(reshape([one, two], 'one', square(12, 10, 16), rule))).toEqual([8 * 10 + 16 * 6, 100])
    const list = [one, two]
    expect(reshape(list, 'one', square(10, 10, 10), rule)).toBe(list)
    expect(reshape(list, 'one', square(10, 10, 5), { ...rule, isLocked: () => true })).toBe(list)
  })

  it('erases from what is selected or from all, and drops what has no pixel left', () => {
    const isOpen = () => true
    expect(areas(eraseStroke([one, two], square(15, 10, 10), { selected: ids('one'), isOpen }))).toEqual([50, 100])
    expect(areas(eraseStroke([one, two], square(10, 10, 15), { selected: ids(), isOpen }))).toEqual([50])
    const list = [one, two]
    expect(eraseStroke(list, square(50, 50, 5), { selected: ids(), isOpen })).toBe(list)
  })

  it('move by whole pixels, up to the border and to each other', () => {
    const rule = { ...free, hasInstances: true }
    expect(moveMarks([one], ids('one'), { x: -50, y: 3 }, free, size)[0]).toMatchObject({
      shape: { region: square(0, 13, 10) },
    })
    expect(areas(moveMarks([one, two], ids('one'), { x: 4, y: 0 }, rule, size))).toEqual([60, 100])
    expect(areas(pasteMarks([one, two], [one], rule, size).list)).toEqual([100, 100, 100])
    expect(pasteMarks([one], [one], { ...rule, selected: ids() }, size).list).toHaveLength(2)
  })

  it('merges, splits along a line, and fills holes', () => {
    expect(areas(mergeMasks([one, two], ids('one', 'two')).list)).toEqual([200])
    const cut = capsule({ x: 15, y: 5 }, { x: 15, y: 25 }, 0.75, size)
    const parts = splitMasks([one, two], cut, ids())
    expect(parts).toHaveLength(3)
    expect(areas(parts).reduce((sum, area) => sum + area, 0)).toBe(200)
    const [first, second] = parts.map(({ shape }) => (shape as { region: Region }).region)
    expect(areaOf(intersect(first as Region, second as Region))).toBe(0)
    const holed = eraseStroke([one], square(14, 14, 3), { selected: ids(), isOpen: () => true })
    expect(areas(reshapeAll(holed, ids('one'), fillHoles, free))).toEqual([100])
  })
})

describe('marks and the label file', () => {
  it('come back from the label file as they were written', () => {
    const marking = { size, list: [mask('one', square(3, 4, 20)), mask('two', square(60, 50, 30))] }
    const data = dataFromMarks({ taskType: 3004, classes: ['cell'] }, marking)
    const label = { type: 3004, data } as LabelFile
    const again = marksFromLabel(label, ['other', 'cell'], size)
    expect(again?.list.map(({ shape }) => shape)).toEqual(marking.list.map(({ shape }) => shape))
    expect(again?.list[0]).toMatchObject({ id: 'one', class: 1, origin: 'model' })
    expect(isSameMarking(again, marking)).toBe(false)
  })

  it('boxes keep their places, and scores stay with guesses', () => {
    const boxes = [{ id: 'a', class: 0, box: [1, 2, 3, 4] as [number, number, number, number], score: 0.8 }]
    const label = { type: 2000, data: { key: ['object'], boxes } } as LabelFile
    const read = marksFromLabel(label, ['object'], size)
    expect(read?.list[0]).toMatchObject({ score: 0.8, shape: { box: [1, 2, 3, 4] } })
    expect(dataFromMarks({ taskType: 2000, classes: ['object'] }, read ?? { size, list: [] })).toEqual({
      key: ['object'],
      boxes: [{ id: 'a', class: 0, box: [1, 2, 3, 4] }],
    })
    expect(marksFromLabel({ type: 1000, data: {} } as LabelFile, [], size)).toBeNull()
  })
})

describe('marks of several frames', () => {
  it('are told apart, and what is new lies on the frame it was drawn on', () => {
    const all = [box('a', [1, 1, 5, 5]), { ...box('b', [2, 2, 5, 5]), frame: 3 }]
    const drawn = box('c', [9, 9, 5, 5])
    const next = withFrame(all, [...all.filter(({ frame }) => frame === 3), drawn], 3)
    expect(next.map(({ id, frame }) => [id, frame])).toEqual([
      ['a', 0],
      ['b', 3],
      ['c', 3],
    ])
    const data = dataFromMarks({ taskType: 2001, classes: ['x'] }, { size, list: next })
    expect('boxes' in data && data.boxes.map(({ frame }) => frame)).toEqual([undefined, 3, 3])
    const back = marksFromLabel({ type: 2001, data } as LabelFile, ['x'], size)
    expect(back?.list.map(({ frame }) => frame)).toEqual([0, 3, 3])
  })
})
