/**
 * How an image lies on the stage. A place of the image is mirrored (where `isFlipped`), enlarged, turned clockwise and
 * moved; one pixel of the image is a square of `scale` pixels of the page, whichever way it is turned.
 */
export interface View {
  /** Where the outer corner of the image's first pixel lies, in pixels of the stage. */
  x: number
  y: number
  /** Pixels of the stage per pixel of the image. */
  scale: number
  /** Degrees clockwise, 0 ≤ turn < 360. */
  turn: number
  /** Left and right are exchanged before it is turned. */
  isFlipped: boolean
}
export interface Size {
  width: number
  height: number
}
/** On the stage: pixels of the page. In an image: pixels of it; 0, 0 is the outer corner of the first one. */
export interface Place {
  x: number
  y: number
}
export type Orientation = Pick<View, 'turn' | 'isFlipped'>

export const UPRIGHT: Orientation = { turn: 0, isFlipped: false }
const MARGIN = 16
const [SMALLEST, LARGEST] = [0.002, 64]
/** Pixels of the stage the image keeps, however far it is moved. */
const KEPT = 40

/** `[a, b, c, d, e, f]` of x' = a·x + c·y + e, y' = b·x + d·y + f: from the image to the stage. */
export type Matrix = readonly [number, number, number, number, number, number]

export function matrixOf({ x, y, scale, turn, isFlipped }: View): Matrix {
  const [cos, sin] = unitOf(turn)
  const across = isFlipped ? -scale : scale
  return [cos * across, sin * across, -sin * scale, cos * scale, x, y]
}

/** Cosine and sine, exact for quarter turns, so that pixels of an image keep to those of the screen. */
function unitOf(turn: number): [number, number] {
  switch (turn) {
    case 0:
      return [1, 0]
    case 90:
      return [0, 1]
    case 180:
      return [-1, 0]
    case 270:
      return [0, -1]
  }
  const angle = (turn * Math.PI) / 180
  return [Math.cos(angle), Math.sin(angle)]
}

export function toStage(view: View, { x, y }: Place): Place {
  const [a, b, c, d, e, f] = matrixOf(view)
  return { x: a * x + c * y + e, y: b * x + d * y + f }
}

export function toImage(view: View, { x, y }: Place): Place {
  const [a, b, c, d, e, f] = matrixOf(view)
  // Columns are at right angles and equally long: the inverse is the transpose by the square of the length.
  const square = view.scale ** 2
  return { x: (a * (x - e) + b * (y - f)) / square, y: (c * (x - e) + d * (y - f)) / square }
}

/** What of the stage the image covers: left, top, width, height of the box around it. */
export function boundsOnStage(view: View, image: Size) {
  const corners = [
    [0, 0],
    [image.width, 0],
    [0, image.height],
    [image.width, image.height],
  ].map(([x = 0, y = 0]) => toStage(view, { x, y }))
  const [across, down] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
  const [left, top] = [Math.min(...across), Math.min(...down)]
  return { left, top, width: Math.max(...across) - left, height: Math.max(...down) - top }
}

/** What of the image the stage shows at most: left, top, right, bottom, within the image. */
export function shownPart(view: View, image: Size, stage: Size) {
  const corners = [
    { x: 0, y: 0 },
    { x: stage.width, y: 0 },
    { x: 0, y: stage.height },
    { x: stage.width, y: stage.height },
  ].map((corner) => toImage(view, corner))
  const [across, down] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
  return {
    left: Math.max(0, Math.floor(Math.min(...across))),
    top: Math.max(0, Math.floor(Math.min(...down))),
    right: Math.min(image.width, Math.ceil(Math.max(...across))),
    bottom: Math.min(image.height, Math.ceil(Math.max(...down))),
  }
}

/** The whole image, as large as the stage allows, small ones at most eight times enlarged. */
export function fitView(image: Size, stage: Size, orientation: Orientation = UPRIGHT): View {
  const { width, height } = boundsOnStage({ x: 0, y: 0, scale: 1, ...orientation }, image)
  const room = Math.min((stage.width - 2 * MARGIN) / width, (stage.height - 2 * MARGIN) / height)
  return centred(image, stage, Math.max(SMALLEST, Math.min(room, 8)), orientation)
}

export function centred(image: Size, stage: Size, scale: number, { turn, isFlipped }: Orientation = UPRIGHT): View {
  const middle = { x: image.width / 2, y: image.height / 2 }
  const at = { x: stage.width / 2, y: stage.height / 2 }
  return laidAt({ x: 0, y: 0, scale, turn, isFlipped }, middle, at)
}

/** The view moved so that a place of the image lies at a place of the stage. */
export function laidAt(view: View, place: Place, at: Place): View {
  const now = toStage(view, place)
  return { ...view, x: view.x + at.x - now.x, y: view.y + at.y - now.y }
}

/** Zooms by `factor` and keeps the image point under (`x`, `y`), in stage pixels, where it is. */
export function zoomAt(view: View, factor: number, x: number, y: number): View {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor))
  return laidAt({ ...view, scale }, toImage(view, { x, y }), { x, y })
}

/** Moves the image, keeping part of it on the stage. */
export function panBy(view: View, dx: number, dy: number, image: Size, stage: Size): View {
  const moved = { ...view, x: view.x + dx, y: view.y + dy }
  const { left, top, width, height } = boundsOnStage(moved, image)
  const clamp = (value: number, extent: number, room: number) => Math.min(room - KEPT, Math.max(KEPT - extent, value))
  const [wantedLeft, wantedTop] = [clamp(left, width, stage.width), clamp(top, height, stage.height)]
  return { ...moved, x: moved.x + wantedLeft - left, y: moved.y + wantedTop - top }
}

/** Turns the image clockwise about the middle of the stage. */
export function turnBy(view: View, degrees: number, stage: Size): View {
  const at = { x: stage.width / 2, y: stage.height / 2 }
  const turn = (((view.turn + degrees) % 360) + 360) % 360
  return laidAt({ ...view, turn }, toImage(view, at), at)
}

/** Mirrors what is seen about the vertical line through the middle of the stage, whichever way the image is turned. */
export function flip(view: View, stage: Size): View {
  const at = { x: stage.width / 2, y: stage.height / 2 }
  return laidAt({ ...view, ...flipped(view) }, toImage(view, at), at)
}

export const flipped = ({ turn, isFlipped }: Orientation): Orientation => ({
  turn: (360 - turn) % 360,
  isFlipped: !isFlipped,
})
