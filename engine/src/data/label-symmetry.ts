import type { PixelFormat } from './decode-image.ts'

/** Which way a picture may be turned over without its class changing. */
export interface LabelSymmetry {
  mirror: boolean
  upsideDown: boolean
  quarterTurn: boolean
}

/** Share of what tells the classes apart that a change may turn into its opposite or lose. */
const TOLERATED = 0.6
/** Times the sampling noise that a difference between classes must reach before it can forbid anything. */
const CREDIBLE = 3
const GRID = 16

/**
 * Looks for classes told apart by side: left and right lungs, a hand and its twin. Where the mean pictures of the
 * classes differ, and that difference does not survive a change (‖D − change(D)‖² / 2‖D‖² near 1, noise taken off),
 * pictures must not be changed so. What the means do not show is allowed: most signs have no side.
 * `pictures`: [row, column, channel] uint8 with their class; only a coarse grey grid of them is kept.
 */
export function measureLabelSymmetry(
  pictures: Iterable<{ pixels: Uint8Array; value: number }>,
  format: PixelFormat,
): LabelSymmetry {
  const classes = new Map<number, { count: number; sum: Float64Array; squares: Float64Array }>()
  for (const { pixels, value } of pictures) {
    const known = classes.get(value)
    const tally = known ?? { count: 0, sum: new Float64Array(GRID * GRID), squares: new Float64Array(GRID * GRID) }
    if (!known) classes.set(value, tally)
    const grid = coarseGrid(pixels, format)
    tally.count += 1
    grid.forEach((level, cell) => {
      tally.sum[cell] = (tally.sum[cell] ?? 0) + level
      tally.squares[cell] = (tally.squares[cell] ?? 0) + level * level
    })
  }

  const tallies = [...classes.values()].filter(({ count }) => count >= 4)
  const means = tallies.map(({ sum, count }) => sum.map((total) => total / count))
  const grand = new Float64Array(GRID * GRID).map(
    (_, cell) => means.reduce((total, mean) => total + (mean[cell] ?? 0), 0) / Math.max(1, means.length),
  )
  const survives = (change: (row: number, column: number) => number): boolean => {
    let signal = 0
    let lost = 0
    let noise = 0
    tallies.forEach(({ count, sum, squares }, index) => {
      for (let cell = 0; cell < GRID * GRID; cell += 1) {
        const difference = (means[index]?.[cell] ?? 0) - (grand[cell] ?? 0)
        const other = change(Math.floor(cell / GRID), cell % GRID)
        const changed = (means[index]?.[other] ?? 0) - (grand[other] ?? 0)
        signal += difference ** 2
        lost += (difference - changed) ** 2 / 2
        noise += Math.max(0, (squares[cell] ?? 0) / count - ((sum[cell] ?? 0) / count) ** 2) / count
      }
    })
    return signal < CREDIBLE * noise || (lost - noise) / (signal - noise) < TOLERATED
  }
  return {
    mirror: survives((row, column) => row * GRID + GRID - 1 - column),
    upsideDown: survives((row, column) => (GRID - 1 - row) * GRID + column),
    quarterTurn: survives((row, column) => column * GRID + GRID - 1 - row),
  }
}

/** Mean level of each of 16 × 16 cells, less the picture's own mean: brightness has no side. */
function coarseGrid(pixels: Uint8Array, { size, channels }: PixelFormat): Float64Array {
  const sums = new Float64Array(GRID * GRID)
  const counts = new Float64Array(GRID * GRID)
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const cell = Math.floor((row * GRID) / size) * GRID + Math.floor((column * GRID) / size)
      for (let channel = 0; channel < channels; channel += 1) {
        sums[cell] = (sums[cell] ?? 0) + (pixels[(row * size + column) * channels + channel] ?? 0)
        counts[cell] = (counts[cell] ?? 0) + 1
      }
    }
  }
  const levels = sums.map((sum, cell) => sum / Math.max(1, counts[cell] ?? 1))
  const mean = levels.reduce((total, level) => total + level, 0) / levels.length
  return levels.map((level) => level - mean)
}
