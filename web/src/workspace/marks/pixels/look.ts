import type { PixelGrid } from '../../viewport/frames/pixel-grid.ts'
import type { Tone } from '../../viewport/tone/tone.ts'
import { growRegion } from '../grow-region.ts'
import { boundsOf, EMPTY_REGION, intersect, type Region } from '../region.ts'
import { moved } from '../region-morph.ts'
import type { Point, Size } from '../region-shapes.ts'
import { startWire, WIRE_REACH, type Wire } from './live-wire.ts'
import { type Part, type Picture, partAround } from './picture.ts'
import { type Place, toImageRegion, toPicture, toPictureRegion } from './place.ts'
import { shadesOfPart } from './shades.ts'
import { findSuperpixels, type Superpixels } from './superpixels.ts'
import { type Range, suggestRange, thresholdRegion } from './threshold.ts'

/** What tools want to know of the picture; places and fields are in pixels of the image. */
export type PixelQuestion =
  | { kind: 'wire'; at: Point }
  | { kind: 'grow'; at: Point; tolerance: number }
  | { kind: 'range'; field: Region }
  | { kind: 'threshold'; field: Region; range: Range }
  | { kind: 'patches'; at: Point; side: number }

export type PixelAnswer =
  | { kind: 'wire'; wire: Wire }
  | { kind: 'region'; region: Region }
  | { kind: 'range'; range: Range }
  | { kind: 'patches'; patches: Superpixels | null }

/** Pixels to look at, and where they lie in an image of `size`. */
export interface PixelSource {
  grid: PixelGrid
  tone: Tone
  place: Place
  size: Size
}

/** Side of the part that is cut into patches at once, so that a picture of any size costs the same. */
const PATCHES_SIDE = 512

/** Answers a question about the picture. May take long: never called where the page is drawn. */
export function look(source: PixelSource, question: PixelQuestion): PixelAnswer {
  const { grid, place, size } = source
  switch (question.kind) {
    case 'wire': {
      const at = toPicture(place, question.at)
      const part = partAround(at, WIRE_REACH, grid)
      const found = startWire(cut(source, part), { x: at.x - part.left, y: at.y - part.top })
      return { kind: 'wire', wire: { ...found, anchor: question.at, part, place } }
    }
    case 'grow': {
      const found = growRegion(grid, toPicture(place, question.at), question.tolerance)
      return { kind: 'region', region: toImageRegion(place, found, size) }
    }
    case 'range': {
      const field = fieldIn(source, question.field)
      return { kind: 'range', range: field ? suggestRange(field.picture, field.region) : [0, 255] }
    }
    case 'threshold': {
      const field = fieldIn(source, question.field)
      if (!field) return { kind: 'region', region: EMPTY_REGION }
      const found = thresholdRegion(field.picture, field.region, question.range)
      const inImage = toImageRegion(place, moved(found, field.part.left, field.part.top), size)
      return { kind: 'region', region: intersect(inImage, question.field) }
    }
    case 'patches':
      return { kind: 'patches', patches: patchesAround(source, question.at, question.side) }
  }
}

/** The part of the picture around a field, and the field in it; null where the field lies outside. */
function fieldIn(source: PixelSource, field: Region): { picture: Picture; part: Part; region: Region } | null {
  const region = toPictureRegion(source.place, field, source.grid)
  const part = boundsOf(region)
  if (!part) return null
  return { picture: cut(source, part), part, region: moved(region, -part.left, -part.top) }
}

function patchesAround(source: PixelSource, at: Point, side: number): Superpixels | null {
  const { grid, place, size } = source
  const { x, y } = toPicture(place, at)
  if (x < 0 || y < 0 || x >= grid.width || y >= grid.height) return null
  const [left, top] = [Math.floor(x / PATCHES_SIDE) * PATCHES_SIDE, Math.floor(y / PATCHES_SIDE) * PATCHES_SIDE]
  const [right, bottom] = [Math.min(grid.width, left + PATCHES_SIDE), Math.min(grid.height, top + PATCHES_SIDE)]
  const picture = cut(source, { left, top, right, bottom })
  const whole = { left: 0, top: 0, right: picture.width, bottom: picture.height }
  const { labels } = findSuperpixels(picture, whole, side)
  return { part: { left, top, right, bottom }, labels, place, size }
}

function cut({ grid, tone }: PixelSource, part: Part): Picture {
  return { width: part.right - part.left, height: part.bottom - part.top, data: shadesOfPart(grid, tone, part) }
}
