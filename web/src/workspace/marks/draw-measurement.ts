import { toStage, type View } from '../viewport/view.ts'
import { setImageUnits } from './draw-marks.ts'
import type { Measurement } from './measure.ts'
import type { Point } from './region-shapes.ts'

const LINE = '#ffd166'
const DARK = '#0b1413'

/** A measurement with its value beside its last point; an area is closed. */
export function drawMeasurement(
  canvas: HTMLCanvasElement,
  { kind, points }: Measurement,
  text: string,
  { view, density }: { view: View; density: number },
): void {
  const context = canvas.getContext('2d')
  const last = points.at(-1)
  if (!context || !last) return
  setImageUnits(context, view, density)
  for (const [colour, width] of [
    [DARK, 3.5],
    [LINE, 1.5],
  ] as const) {
    context.beginPath()
    for (const { x, y } of points) context.lineTo(x, y)
    if (kind === 'area' && points.length > 2) context.closePath()
    context.strokeStyle = colour
    context.lineWidth = width / view.scale
    context.stroke()
    if (kind === 'length') for (const [at, other] of endsOf(points)) drawTick(context, at, other, view)
  }
  if (text === '') return
  context.setTransform(density, 0, 0, density, 0, 0)
  context.font = '600 12px system-ui, sans-serif'
  const width = context.measureText(text).width + 10
  const { x, y } = toStage(view, last)
  const [left, top] = [x + 8, y + 8]
  context.fillStyle = DARK
  context.fillRect(left, top, width, 20)
  context.fillStyle = LINE
  context.textBaseline = 'middle'
  context.fillText(text, left + 5, top + 10.5)
}

function endsOf([from, to]: readonly Point[]): [Point, Point][] {
  return from && to
    ? [
        [from, to],
        [to, from],
      ]
    : []
}

/** A short line across the end of a length. */
function drawTick(context: CanvasRenderingContext2D, at: Point, other: Point, { scale }: View): void {
  const length = Math.hypot(other.x - at.x, other.y - at.y)
  if (length === 0) return
  const [x, y] = [((at.y - other.y) / length) * (5 / scale), ((other.x - at.x) / length) * (5 / scale)]
  context.beginPath()
  context.moveTo(at.x - x, at.y - y)
  context.lineTo(at.x + x, at.y + y)
  context.stroke()
}
