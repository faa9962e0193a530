/** A source of numbers in [0,1) that depends on its seed only. Source: Tommy Ettinger's mulberry32 (public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Smooth noise in [-1,1] over `[size, size]` pixels: random values on a lattice `cell` pixels wide, blended between. */
export function latticeNoise(random: () => number, size: number, cell: number): (x: number, y: number) => number {
  const side = Math.ceil(size / cell) + 2
  const lattice = Float32Array.from({ length: side * side }, () => random() * 2 - 1)
  const at = (column: number, row: number) => lattice[row * side + column] ?? 0
  return (x, y) => {
    const column = Math.floor(x / cell)
    const row = Math.floor(y / cell)
    const u = ease(x / cell - column)
    const v = ease(y / cell - row)
    const top = at(column, row) * (1 - u) + at(column + 1, row) * u
    const bottom = at(column, row + 1) * (1 - u) + at(column + 1, row + 1) * u
    return top * (1 - v) + bottom * v
  }
}

const ease = (t: number) => t * t * (3 - 2 * t)
