/** The kinds of cell a phantom can show: a disc, an oval, a sickle, a disc with spikes. */
export const CELL_KINDS = ['round', 'elliptic', 'crescent', 'spiked'] as const
export type CellKind = (typeof CELL_KINDS)[number]

export interface CellShape {
  kind: CellKind
  /** Centre in pixels, origin top left. */
  x: number
  y: number
  /** Outer radius in pixels. */
  radius: number
  /** Radians. */
  rotation: number
  /** Short axis over long axis, 0..1. */
  aspect: number
  spikes: number
}

export function randomCellShape(random: () => number, kind: CellKind, x: number, y: number, radius: number): CellShape {
  const between = (low: number, high: number) => low + (high - low) * random()
  return {
    kind,
    x,
    y,
    radius,
    rotation: between(0, 2 * Math.PI),
    aspect: kind === 'elliptic' ? between(0.48, 0.68) : between(0.88, 1),
    spikes: Math.floor(between(8, 13)),
  }
}

/** Signed distance in pixels from a point to the outline, approximately; negative inside. */
export function distanceToOutline(shape: CellShape, x: number, y: number): number {
  const cos = Math.cos(shape.rotation)
  const sin = Math.sin(shape.rotation)
  const along = (x - shape.x) * cos + (y - shape.y) * sin
  const across = ((y - shape.y) * cos - (x - shape.x) * sin) / shape.aspect
  const distance = Math.hypot(along, across)
  switch (shape.kind) {
    case 'round':
    case 'elliptic':
      return (distance - shape.radius) * shape.aspect
    case 'spiked': {
      const wave = Math.abs(Math.cos((Math.atan2(across, along) * shape.spikes) / 2)) ** 6
      return distance - shape.radius * (0.76 + 0.24 * wave)
    }
    case 'crescent': {
      const bite = Math.hypot(along, across - shape.radius * 0.62) - shape.radius * 0.88
      return Math.max(distance - shape.radius, -bite)
    }
  }
}
