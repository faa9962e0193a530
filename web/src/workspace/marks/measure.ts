import type { Measure, PixelSpacing } from '@vesalius/contracts'
import { newMarkId } from './mark.ts'
import type { Point } from './region-shapes.ts'

export type MeasureKind = 'length' | 'angle' | 'area'

/** A measurement by places: two ends, an angle's first arm, corner and second arm, or an outline's corners. */
export interface Measurement {
  kind: MeasureKind
  points: readonly Point[]
}

/** A measurement that is kept. */
export interface KeptMeasurement extends Measurement {
  id: string
}

export const measurementOf = ({ id, kind, points }: Measure): KeptMeasurement => ({
  ...{ id, kind },
  points: points.map(([x, y]) => ({ x, y })),
})

/** As a label keeps it, to hundredths of a pixel. */
export function measureFrom({ kind, points }: Measurement, frame: number, id = newMarkId()): Measure {
  const places = points.map(({ x, y }): [number, number] => [round(x), round(y)])
  return { id, kind, points: places, ...(frame > 0 ? { frame } : {}) }
}

const round = (value: number) => Math.round(value * 100) / 100

/** `unit`: `mm` only where the image states its spacing. */
export interface Measured {
  value: number
  unit: 'px' | 'mm' | 'px2' | 'mm2' | 'degree'
}

/** Points that make up a measurement; an area takes as many as one likes. */
export const FEWEST_POINTS: Readonly<Record<MeasureKind, number>> = { length: 2, angle: 3, area: 3 }

/** Null while points are missing. Angles are those of the object where the spacing is known, not those on the screen. */
export function measure({ kind, points }: Measurement, spacing: PixelSpacing | null): Measured | null {
  if (points.length < FEWEST_POINTS[kind]) return null
  const scaled = points.map(({ x, y }) => ({ x: x * (spacing?.columnMm ?? 1), y: y * (spacing?.rowMm ?? 1) }))
  switch (kind) {
    case 'length': {
      const [from, to] = scaled as [Point, Point]
      return { value: Math.hypot(to.x - from.x, to.y - from.y), unit: spacing ? 'mm' : 'px' }
    }
    case 'angle':
      return { value: angleAt(scaled as [Point, Point, Point]), unit: 'degree' }
    case 'area':
      return { value: areaWithin(scaled), unit: spacing ? 'mm2' : 'px2' }
  }
}

/** 0..180 degrees between the arms from the second point to the first and to the third. */
function angleAt([first, corner, second]: [Point, Point, Point]): number {
  const [a, b] = [first, second].map(({ x, y }) => Math.atan2(y - corner.y, x - corner.x)) as [number, number]
  const between = Math.abs(a - b) % (2 * Math.PI)
  return (Math.min(between, 2 * Math.PI - between) * 180) / Math.PI
}

/** The shoelace formula. */
function areaWithin(points: readonly Point[]): number {
  const twice = points.reduce((sum, { x, y }, at) => {
    const next = points[(at + 1) % points.length] as Point
    return sum + x * next.y - next.x * y
  }, 0)
  return Math.abs(twice) / 2
}
