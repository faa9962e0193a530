/** How an image lies on the stage: its top left corner in stage pixels, and stage pixels per image pixel. */
export interface View {
  x: number
  y: number
  scale: number
}
export interface Size {
  width: number
  height: number
}

const MARGIN = 16
const LARGEST = 64

/** The whole image, as large as the stage allows, small ones at most eight times enlarged. */
export function fitView(image: Size, stage: Size): View {
  const room = Math.min((stage.width - 2 * MARGIN) / image.width, (stage.height - 2 * MARGIN) / image.height)
  const scale = Math.max(0.001, Math.min(room, 8))
  return centred(image, stage, scale)
}

export function centred(image: Size, stage: Size, scale: number): View {
  return { scale, x: (stage.width - image.width * scale) / 2, y: (stage.height - image.height * scale) / 2 }
}

/** Zooms by `factor` and keeps the image point under (`x`, `y`), in stage pixels, where it is. */
export function zoomAt(view: View, factor: number, x: number, y: number): View {
  const scale = Math.min(LARGEST, Math.max(0.01, view.scale * factor))
  const by = scale / view.scale
  return { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by }
}

/** Moves the image, keeping part of it on the stage. */
export function panBy(view: View, dx: number, dy: number, image: Size, stage: Size): View {
  const keep = 40
  const clamp = (value: number, extent: number, room: number) => Math.min(room - keep, Math.max(keep - extent, value))
  return {
    scale: view.scale,
    x: clamp(view.x + dx, image.width * view.scale, stage.width),
    y: clamp(view.y + dy, image.height * view.scale, stage.height),
  }
}
