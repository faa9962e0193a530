import { clearCanvas } from '../../ui/clear-canvas.ts'
import { setImageUnits } from '../marks/draw-marks.ts'
import type { Mark } from '../marks/mark.ts'
import { outlineOf } from '../marks/region-outline.ts'
import type { View } from '../viewport/view.ts'

/** A mark of one of several people. */
export interface SourceMark {
  rowId: string
  colour: string
  /** So that who made it is told by more than the colour. */
  dash: readonly number[]
  isTaken: boolean
  mark: Mark
}

interface Scene {
  view: View
  density: number
  marks: readonly SourceMark[]
  /** The row that is looked at; null: none. */
  rowId: string | null
}

/** What is taken is filled and whole, what is left is a faint outline. */
export function drawSources(canvas: HTMLCanvasElement, { view, density, marks, rowId }: Scene): void {
  const context = canvas.getContext('2d')
  if (!context) return
  clearCanvas(context)
  setImageUnits(context, view, density)
  for (const { rowId: row, colour, dash, isTaken, mark } of marks) {
    const path = pathOf(mark)
    const isLookedAt = row === rowId
    context.strokeStyle = context.fillStyle = colour
    context.globalAlpha = isTaken ? (isLookedAt ? 0.45 : 0.22) : 0.04
    context.fill(path, 'evenodd')
    context.globalAlpha = isTaken || isLookedAt ? 1 : 0.45
    context.lineWidth = (isLookedAt ? 3.5 : 1.75) / view.scale
    context.setLineDash(dash.map((length) => length / view.scale))
    context.stroke(path)
  }
  context.globalAlpha = 1
}

function pathOf({ shape }: Mark): Path2D {
  const path = new Path2D()
  if (shape.kind === 'box') {
    const [x, y, width, height] = shape.box
    path.rect(x, y, width, height)
    return path
  }
  for (const corners of outlineOf(shape.region)) {
    path.moveTo(corners[0] as number, corners[1] as number)
    for (let at = 2; at < corners.length; at += 2) path.lineTo(corners[at] as number, corners[at + 1] as number)
    path.closePath()
  }
  return path
}
