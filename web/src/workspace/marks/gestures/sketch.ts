import { drawnBox } from '../box-gesture.ts'
import { curveThrough } from '../curve.ts'
import type { Dab } from '../mask-gesture.ts'
import type { MeasureKind } from '../measure.ts'
import { EMPTY_REGION, type Region, union } from '../region.ts'
import type { Point } from '../region-shapes.ts'
import { foundInField } from './threshold-tool.ts'
import type { Gesture, Ground } from './tool.ts'
import { foundByWand } from './wand.ts'

/** What an unfinished gesture looks like, in pixels of the image. */
export interface Sketch {
  lines: readonly { points: readonly Point[]; isClosed?: boolean; isDashed?: boolean; isWhite?: boolean }[]
  /** Places that can be gripped or were clicked. */
  dots: readonly Point[]
  /** Pixels that would be added or taken away. */
  region: Region
  isErasing: boolean
  /** A stroke is drawn as the line it is: its pixels are only counted. */
  stroke: readonly Dab[]
  measure: { kind: MeasureKind; points: readonly Point[] } | null
}

const NONE: Sketch = {
  ...{ lines: [], dots: [], region: EMPTY_REGION, isErasing: false, stroke: [], measure: null },
}

export function sketchOf(gesture: Gesture, ground: Ground): Sketch {
  switch (gesture.kind) {
    case 'move':
    case 'resize':
      return NONE
    case 'draw': {
      const box = drawnBox(gesture, ground.size)
      return box ? { ...NONE, lines: [{ points: cornersOf(box), isClosed: true }] } : NONE
    }
    case 'paint':
      return { ...NONE, stroke: gesture.dabs, isErasing: gesture.mode === 'erase' }
    case 'outline': {
      const points = [...gesture.points, gesture.now]
      const line = gesture.isCurve ? curveThrough(points, false) : points
      return { ...NONE, lines: [{ points: line }], dots: gesture.points, isErasing: gesture.isOther }
    }
    case 'scissors': {
      const straight = gesture.waiting.length > 0 ? [gesture.anchors.at(-1) as Point, ...gesture.waiting] : []
      const lines = [
        { points: gesture.path },
        { points: straight, isDashed: true },
        { points: gesture.live, isDashed: true },
      ]
      return { ...NONE, lines, dots: gesture.anchors, isErasing: gesture.isOther }
    }
    case 'vertex': {
      const lines = gesture.rings.map(({ vertices, spans }) => ({
        points: vertices.flatMap((vertex, at) => [vertex, ...(spans[at] ?? [])]),
        isClosed: true,
      }))
      return { ...NONE, lines, dots: gesture.rings.flatMap(({ vertices }) => vertices) }
    }
    case 'wand':
      return { ...NONE, region: foundByWand(gesture), isErasing: gesture.isOther }
    case 'patches':
      return { ...NONE, region: gesture.region, isErasing: gesture.isOther }
    case 'field': {
      const box = [gesture.start, gesture.now] as const
      const isBox = gesture.isPressed && ground.fieldShape === 'box'
      const lines = isBox ? [{ points: rectangle(...box), isClosed: true, isDashed: true }] : []
      return { ...NONE, lines, region: foundInField(gesture), isErasing: gesture.isOther }
    }
    case 'marquee':
      return {
        ...NONE,
        lines: [{ points: rectangle(gesture.start, gesture.now), isClosed: true, isDashed: true, isWhite: true }],
      }
    case 'cut':
      return { ...NONE, lines: [{ points: [gesture.start, gesture.now], isWhite: true }] }
    case 'measure': {
      const points = [...gesture.points, gesture.now]
      return { ...NONE, dots: gesture.points, measure: { kind: gesture.what, points } }
    }
    case 'remeasure':
      return { ...NONE, dots: gesture.changed.points, measure: gesture.changed }
    case 'ask': {
      const isBox = gesture.start.x !== gesture.now.x || gesture.start.y !== gesture.now.y
      const lines = isBox ? [{ points: rectangle(gesture.start, gesture.now), isClosed: true, isDashed: true }] : []
      const answer = gesture.answer ?? []
      const boxes = answer.flatMap(({ shape }) =>
        shape.kind === 'box' ? [{ points: cornersOf(shape.box), isClosed: true, isDashed: true, isWhite: true }] : [],
      )
      const region = answer.reduce<Region>(
        (all, { shape }) => (shape.kind === 'mask' ? union(all, shape.region) : all),
        EMPTY_REGION,
      )
      return { ...NONE, lines: [...lines, ...boxes], dots: isBox ? [] : [gesture.start], region }
    }
  }
}

const rectangle = (a: Point, b: Point): Point[] => [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]
const cornersOf = ([x, y, width, height]: readonly [number, number, number, number]): Point[] =>
  rectangle({ x, y }, { x: x + width, y: y + height })
