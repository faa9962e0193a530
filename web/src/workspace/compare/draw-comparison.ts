import { setImageUnits } from '../marks/draw-marks.ts'
import type { Mark } from '../marks/mark.ts'
import type { Region } from '../marks/region.ts'
import { outlineOf } from '../marks/region-outline.ts'
import type { View } from '../viewport/view.ts'
import type { Comparison } from './compare-marks.ts'

const LIGHT = '#ffffff'
const DARK = '#0b1413'
const [CAME, WENT] = ['#7cf0a4', '#ff8a80']
const DASH = [5, 4]
const STRIPE = 5

/** Over the marks: what came with a whole line and filled, what went with a broken line and striped. */
export function drawComparison(
  canvas: HTMLCanvasElement,
  { gained, lost, added, removed, changed }: Comparison,
  { view, density }: { view: View; density: number },
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  setImageUnits(context, view, density)
  fill(context, gained, CAME, view, false)
  fill(context, lost, WENT, view, true)
  const boxes = (marks: readonly Mark[]) => marks.flatMap(({ shape }) => (shape.kind === 'box' ? [shape.box] : []))
  for (const box of boxes([...removed, ...changed.map(({ guess }) => guess)])) outline(context, box, WENT, view, true)
  for (const box of boxes([...added, ...changed.map(({ now }) => now)])) outline(context, box, CAME, view, false)
}

function outline(
  context: CanvasRenderingContext2D,
  box: readonly [number, number, number, number],
  colour: string,
  { scale }: View,
  isDashed: boolean,
): void {
  for (const [line, width] of [
    [DARK, 4],
    [colour, 2],
  ] as const) {
    context.setLineDash(isDashed ? DASH.map((length) => length / scale) : [])
    context.strokeStyle = line
    context.lineWidth = width / scale
    context.strokeRect(...box)
  }
  context.setLineDash([])
}

function fill(context: CanvasRenderingContext2D, region: Region, colour: string, view: View, isStriped: boolean): void {
  if (region.rows.length === 0) return
  const path = new Path2D()
  for (const corners of outlineOf(region)) {
    path.moveTo(corners[0] as number, corners[1] as number)
    for (let at = 2; at < corners.length; at += 2) path.lineTo(corners[at] as number, corners[at + 1] as number)
    path.closePath()
  }
  context.fillStyle = isStriped ? (stripes(context, colour, view) ?? colour) : colour
  context.globalAlpha = isStriped ? 1 : 0.55
  context.fill(path, 'evenodd')
  context.globalAlpha = 1
  context.setLineDash(isStriped ? DASH.map((length) => length / view.scale) : [])
  context.strokeStyle = LIGHT
  context.lineWidth = 1 / view.scale
  context.stroke(path)
  context.setLineDash([])
}

/** Slanted stripes as wide on the screen whatever the scale. */
function stripes(context: CanvasRenderingContext2D, colour: string, { scale }: View): CanvasPattern | null {
  const tile = new OffscreenCanvas(2 * STRIPE, 2 * STRIPE)
  const pen = tile.getContext('2d')
  if (!pen) return null
  pen.strokeStyle = colour
  pen.lineWidth = 2
  for (const by of [-STRIPE, 0, STRIPE]) {
    pen.beginPath()
    pen.moveTo(by - STRIPE, 2 * STRIPE + STRIPE)
    pen.lineTo(by + 3 * STRIPE, -STRIPE)
    pen.stroke()
  }
  const pattern = context.createPattern(tile, 'repeat')
  pattern?.setTransform(new DOMMatrix().scale(1 / scale))
  return pattern
}
