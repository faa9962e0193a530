import type { View } from '../viewport/view.ts'
import { type BoxGesture, drawnBox } from './box-gesture.ts'
import { setImageUnits } from './draw-marks.ts'
import type { CutGesture, PaintGesture, PolygonGesture } from './mask-gesture.ts'
import type { Point, Size } from './region-shapes.ts'

export type Gesture = BoxGesture | PaintGesture | PolygonGesture | CutGesture

interface Sketch {
  view: View
  density: number
  size: Size
  colour: string
}

/** What an eraser has passed over until it is let go. */
const ERASED = '#f4f7f6'

/** Draws what a pointer is about to do, over the marks. */
export function drawGesture(
  canvas: HTMLCanvasElement,
  gesture: Gesture,
  { view, density, size, colour }: Sketch,
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  setImageUnits(context, view, density)
  context.setLineDash([])
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = 1.5 / view.scale
  if (gesture.kind === 'draw') {
    const box = drawnBox(gesture, size)
    if (box) context.strokeRect(...box)
  }
  if (gesture.kind === 'paint') drawStroke(context, gesture)
  if (gesture.kind === 'polygon') drawPolygon(context, gesture, view)
  if (gesture.kind === 'cut') {
    context.strokeStyle = '#ffffff'
    drawLine(context, [gesture.start, gesture.now])
  }
}

/** A ring as large as the brush. */
export function drawBrush(canvas: HTMLCanvasElement, at: Point, radius: number, { view, density }: Sketch): void {
  const context = canvas.getContext('2d')
  if (!context) return
  setImageUnits(context, view, density)
  context.setLineDash([])
  for (const [colour, width] of [
    ['#0b1413', 3],
    ['#ffffff', 1.2],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width / view.scale
    context.beginPath()
    context.arc(at.x, at.y, radius, 0, 2 * Math.PI)
    context.stroke()
  }
}

function drawStroke(context: CanvasRenderingContext2D, { mode, points, radius }: PaintGesture): void {
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.lineWidth = 2 * radius
  context.globalAlpha = 0.55
  if (mode === 'erase') context.strokeStyle = ERASED
  const [first] = points
  // A line of no length has no cap.
  drawLine(context, points.length > 1 || !first ? points : [first, { x: first.x + 0.01, y: first.y }])
  context.globalAlpha = 1
}

function drawPolygon(context: CanvasRenderingContext2D, { points, now }: PolygonGesture, view: View): void {
  drawLine(context, [...points, now])
  const side = 6 / view.scale
  for (const { x, y } of points) context.fillRect(x - side / 2, y - side / 2, side, side)
}

function drawLine(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  context.beginPath()
  for (const { x, y } of points) context.lineTo(x, y)
  context.stroke()
}
