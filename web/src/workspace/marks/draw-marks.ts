import { clearCanvas } from '../../ui/clear-canvas.ts'
import { boundsOnStage, matrixOf, shownPart, toStage, type View } from '../viewport/view.ts'
import { HANDLES, handlePlace } from './box-gesture.ts'
import { coarsenOutline } from './coarse-outline.ts'
import { isGuess, type Mark } from './mark.ts'
import { boundsOf, type Region } from './region.ts'
import { outlineOf } from './region-outline.ts'
import { colourOfMark } from './tools.ts'

export interface Scene {
  view: View
  /** Screen pixels for each pixel of the page. */
  density: number
  marks: readonly Mark[]
  selected: ReadonlySet<string>
  hasInstances: boolean
  /** Colours of classes that the project chose, by place. */
  colours?: readonly (string | null)[]
  /** 0..1, of the masks. */
  opacity: number
  tagOf: (mark: Mark) => string
}

const DASH = [6, 4]
const TAG_HEIGHT = 16
/** Below this many pixels of the page a tag would hide its mark. */
const LEAST_FOR_TAG = 40
const HANDLE = 4
const paths = new WeakMap<Region, { tolerance: number; path: Path2D }>()
/** How far outlines drawn last may have been from the sides of their pixels: those drawn next will be alike. */
let lastTolerance = 0
const places = new WeakMap<Region, Place>()

/** Clears the canvas and draws all marks: a person's with whole lines, a model's guesses dashed and with their score. */
export function drawMarks(canvas: HTMLCanvasElement, scene: Scene): void {
  const context = canvas.getContext('2d')
  if (!context) return
  clearCanvas(context)
  lastTolerance = toleranceAt(scene.view.scale * scene.density)
  const seen = marksSeen(canvas, scene)
  for (const mark of seen) drawMark(context, mark, scene)
  context.setTransform(scene.density, 0, 0, scene.density, 0, 0)
  for (const mark of seen) drawTag(context, mark, scene)
  drawHandles(context, scene)
}

/** Marks that reach into the part of the image that is on the canvas: of many, most may lie outside. */
function marksSeen({ width, height }: HTMLCanvasElement, { marks, view, density }: Scene): readonly Mark[] {
  const everything = { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY }
  const part = shownPart(view, everything, { width: width / density, height: height / density })
  return marks.filter((mark) => {
    const place = placeOf(mark)
    if (!place) return false
    const { left, top } = place
    return left <= part.right && top <= part.bottom && left + place.width >= part.left && top + place.height >= part.top
  })
}

/** One unit is one pixel of the image from here on. */
export function setImageUnits(context: CanvasRenderingContext2D, view: View, density: number): void {
  const [a, b, c, d, e, f] = matrixOf(view)
  context.setTransform(a * density, b * density, c * density, d * density, e * density, f * density)
}

function drawMark(context: CanvasRenderingContext2D, mark: Mark, scene: Scene): void {
  const { view, density, selected, hasInstances, opacity } = scene
  const isSelected = selected.has(mark.id)
  const colour = colourOfMark(mark, hasInstances && mark.shape.kind === 'mask', scene.colours)
  setImageUnits(context, view, density)
  context.lineWidth = (isSelected ? 2.5 : 1.5) / view.scale
  context.strokeStyle = colour
  context.setLineDash(isGuess(mark) ? DASH.map((length) => length / view.scale) : [])
  context.fillStyle = colour
  const path = mark.shape.kind === 'mask' ? pathOf(mark.shape.region, lastTolerance) : boxPath(mark.shape.box)
  if (mark.shape.kind === 'mask' && opacity > 0) {
    context.globalAlpha = opacity * (isGuess(mark) ? 0.7 : 1)
    context.fill(path, 'evenodd')
    context.globalAlpha = 1
  } else if (isSelected && mark.shape.kind === 'box') {
    context.globalAlpha = 0.15
    context.fill(path)
    context.globalAlpha = 1
  }
  context.stroke(path)
  if (!isSelected) return
  context.setLineDash([])
  context.lineWidth = 1 / view.scale
  context.strokeStyle = '#ffffff'
  context.stroke(path)
}

/** Finds the outline of a mask that is soon to be drawn. */
export function preparePath(region: Region): void {
  pathOf(region, lastTolerance)
}

/** In pixels of the image: at most half a pixel of the screen, the same for a range of scales. */
const toleranceAt = (scale: number): number => (scale >= 1 ? 0 : 2 ** Math.floor(Math.log2(1 / scale)) / 2)

function pathOf(region: Region, tolerance: number): Path2D {
  const known = paths.get(region)
  if (known?.tolerance === tolerance) return known.path
  const path = new Path2D()
  for (const outline of outlineOf(region)) {
    const corners = coarsenOutline(outline, tolerance)
    path.moveTo(corners[0] as number, corners[1] as number)
    for (let at = 2; at < corners.length; at += 2) path.lineTo(corners[at] as number, corners[at + 1] as number)
    path.closePath()
  }
  paths.set(region, { tolerance, path })
  return path
}

function boxPath([x, y, width, height]: readonly [number, number, number, number]): Path2D {
  const path = new Path2D()
  path.rect(x, y, width, height)
  return path
}

function drawTag(context: CanvasRenderingContext2D, mark: Mark, scene: Scene): void {
  const { view, selected } = scene
  const place = placeOf(mark)
  const text = scene.tagOf(mark)
  if (!place || text === '' || (place.width * view.scale < LEAST_FOR_TAG && !selected.has(mark.id))) return
  const corner = toStage(view, { x: place.left, y: place.top })
  const bounds = boundsOnStage({ ...view, ...corner }, place)
  const left = bounds.left
  const top = Math.max(0, bounds.top - TAG_HEIGHT - 1)
  context.font = '600 11px system-ui, sans-serif'
  const width = context.measureText(text).width + 8
  context.fillStyle = colourOfMark(mark, scene.hasInstances && mark.shape.kind === 'mask', scene.colours)
  context.fillRect(left, top, width, TAG_HEIGHT)
  context.fillStyle = '#0b1413'
  context.textBaseline = 'middle'
  context.fillText(text, left + 4, top + TAG_HEIGHT / 2 + 0.5)
}

interface Place {
  left: number
  top: number
  width: number
  height: number
}

function placeOf({ shape }: Mark): Place | null {
  if (shape.kind === 'box') {
    const [left, top, width, height] = shape.box
    return { left, top, width, height }
  }
  const known = places.get(shape.region)
  if (known) return known
  const bounds = boundsOf(shape.region)
  if (!bounds) return null
  const { left, top, right, bottom } = bounds
  const place = { left, top, width: right - left, height: bottom - top }
  places.set(shape.region, place)
  return place
}

function drawHandles(context: CanvasRenderingContext2D, { marks, selected, view }: Scene): void {
  const chosen = marks.filter(({ id }) => selected.has(id))
  const shape = chosen.length === 1 ? chosen[0]?.shape : undefined
  if (shape?.kind !== 'box') return
  context.fillStyle = '#ffffff'
  context.strokeStyle = '#0b1413'
  context.lineWidth = 1
  for (const handle of HANDLES) {
    const { x, y } = toStage(view, handlePlace(shape.box, handle))
    const [left, top] = [x - HANDLE, y - HANDLE]
    context.fillRect(left, top, 2 * HANDLE, 2 * HANDLE)
    context.strokeRect(left, top, 2 * HANDLE, 2 * HANDLE)
  }
}
