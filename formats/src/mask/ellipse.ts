import type { Ring } from './rasterise.ts'

const CORNERS = 64

/** A polygon of 64 corners on an ellipse, turned clockwise about its centre. */
export function ellipseRing(x: number, y: number, radiusX: number, radiusY: number, turnDegrees = 0): Ring {
  const turn = (turnDegrees * Math.PI) / 180
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)]
  return Array.from({ length: CORNERS }, (_, index) => {
    const angle = (index / CORNERS) * 2 * Math.PI
    const [dx, dy] = [radiusX * Math.cos(angle), radiusY * Math.sin(angle)]
    return [x + dx * cosine - dy * sine, y + dx * sine + dy * cosine]
  }).flat()
}
