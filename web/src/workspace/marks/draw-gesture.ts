import type { View } from '../viewport/view.ts'
import { setImageUnits } from './draw-marks.ts'
import type { Sketch } from './gestures/sketch.ts'
import type { Dab } from './mask-gesture.ts'
import type { Region } from './region.ts'
import { outlineOf } from './region-outline.ts'
import type { Point } from './region-shapes.ts'

interface Paper {
  view: View
  density: number
  colour: string
}

/** What an eraser has passed over until it is let go. */
const ERASED = '#f4f7f6'
const LIGHT = '#ffffff'
const DARK = '#0b1413'
const DASH = [5, 4]

/** Draws what a pointer is about to do, over the marks. */
export function drawSketch(canvas: HTMLCanvasElement, sketch: Sketch, paper: Paper): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const { view } = paper
  const colour = sketch.isErasing ? ERASED : paper.colour
  setImageUnits(context, view, paper.density)
  drawRegion(context, sketch.region, colour, view)
  drawStroke(context, sketch.stroke, colour)
  for (const line of sketch.lines) {
    trace(context, line.points, line.isClosed === true)
    // A dark line under the bright one, so that it can be seen on any picture.
    context.setLineDash([])
    context.strokeStyle = DARK
    context.lineWidth = 3 / view.scale
    context.globalAlpha = 0.5
    context.stroke()
    context.globalAlpha = 1
    context.setLineDash(line.isDashed ? DASH.map((length) => length / view.scale) : [])
    context.strokeStyle = line.isWhite ? LIGHT : colour
    context.lineWidth = 1.5 / view.scale
    context.stroke()
  }
  context.setLineDash([])
  drawDots(context, sketch.dots, colour, view)
}

/** Pixels that a press would take, a little fainter than those that are taken. */
export function drawHint(canvas: HTMLCanvasElement, region: Region, paper: Paper): void {
  const context = canvas.getContext('2d')
  if (!context) return
  setImageUnits(context, paper.view, paper.density)
  drawRegion(context, region, LIGHT, paper.view)
}

export function drawVertices(canvas: HTMLCanvasElement, vertices: readonly Point[], paper: Paper): void {
  const context = canvas.getContext('2d')
  if (!context) return
  setImageUnits(context, paper.view, paper.density)
  drawDots(context, vertices, LIGHT, paper.view)
}

/** A ring as large as the brush. */
export function drawBrush(
  canvas: HTMLCanvasElement,
  at: Point,
  radius: number,
  { view, density }: Omit<Paper, 'colour'>,
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  setImageUnits(context, view, density)
  context.setLineDash([])
  for (const [colour, width] of [
    [DARK, 3],
    [LIGHT, 1.2],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width / view.scale
    context.beginPath()
    context.arc(at.x, at.y, radius, 0, 2 * Math.PI)
    context.stroke()
  }
}

/** The place that the keys draw with: a cross over the whole picture's room, open in the middle. */
export function drawCrosshair(canvas: HTMLCanvasElement, at: Point, { view, density }: Omit<Paper, 'colour'>): void {
  const context = canvas.getContext('2d')
  if (!context) return
  setImageUnits(context, view, density)
  const gap = 6 / view.scale
  const arm = 26 / view.scale
  for (const [colour, width] of [
    [DARK, 3],
    [LIGHT, 1.2],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width / view.scale
    context.beginPath()
    for (const [x, y] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      context.moveTo(at.x + x * gap, at.y + y * gap)
      context.lineTo(at.x + x * arm, at.y + y * arm)
    }
    context.stroke()
  }
}

function drawRegion(context: CanvasRenderingContext2D, region: Region, colour: string, view: View): void {
  if (region.rows.length === 0) return
  context.beginPath()
  for (const corners of outlineOf(region)) {
    context.moveTo(corners[0] as number, corners[1] as number)
    for (let at = 2; at < corners.length; at += 2) context.lineTo(corners[at] as number, corners[at + 1] as number)
    context.closePath()
  }
  context.fillStyle = colour
  context.globalAlpha = 0.45
  context.fill('evenodd')
  context.globalAlpha = 1
  context.strokeStyle = LIGHT
  context.lineWidth = 1 / view.scale
  context.setLineDash(DASH.map((length) => length / view.scale))
  context.stroke()
  context.setLineDash([])
}

function drawStroke(context: CanvasRenderingContext2D, dabs: readonly Dab[], colour: string): void {
  const [first] = dabs
  if (!first) return
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.strokeStyle = colour
  context.globalAlpha = 0.55
  const isEven = dabs.every(({ radius }) => radius === first.radius)
  // A line of no length has no cap.
  const line = dabs.length > 1 ? dabs : [first, { ...first, x: first.x + 0.01 }]
  if (isEven) {
    context.lineWidth = 2 * first.radius
    trace(context, line, false)
    context.stroke()
  } else {
    line.slice(1).forEach((dab, at) => {
      const from = line[at] as Dab
      context.lineWidth = 2 * Math.max(from.radius, dab.radius)
      trace(context, [from, dab], false)
      context.stroke()
    })
  }
  context.globalAlpha = 1
}

function drawDots(context: CanvasRenderingContext2D, dots: readonly Point[], colour: string, view: View): void {
  const side = 7 / view.scale
  context.lineWidth = 1 / view.scale
  context.fillStyle = colour
  context.strokeStyle = DARK
  for (const { x, y } of dots) {
    context.fillRect(x - side / 2, y - side / 2, side, side)
    context.strokeRect(x - side / 2, y - side / 2, side, side)
  }
}

function trace(context: CanvasRenderingContext2D, points: readonly Point[], isClosed: boolean): void {
  context.beginPath()
  for (const { x, y } of points) context.lineTo(x, y)
  if (isClosed) context.closePath()
}
