/**
 * A set of pixels as runs, row by row. Immutable: what an edit does not touch is shared between before and after, so that
 * every step of undo costs only the rows that changed.
 */
export interface Region {
  /** Row of the first entry of `rows`. */
  top: number
  /** [row] starts and ends of runs in turns, ascending, ends exclusive. First and last row hold pixels. */
  rows: readonly Int32Array[]
}

export const EMPTY_REGION: Region = { top: 0, rows: [] }
const NO_RUNS = new Int32Array()

type Operation = 'union' | 'subtract' | 'intersect'

export const union = (a: Region, b: Region): Region => combine(a, b, 'union')
/** What of `a` is not in `b`. */
export const subtract = (a: Region, b: Region): Region => combine(a, b, 'subtract')
/** As `subtract` of one after the other, but for what each of them would make in between. */
export function subtractAll(a: Region, others: readonly Region[]): Region {
  const near = others.filter((other) => mayTouch(a, other))
  if (near.length === 0) return a
  const rows = a.rows.slice()
  for (const other of near) {
    const end = Math.min(a.top + rows.length, other.top + other.rows.length)
    for (let row = Math.max(a.top, other.top); row < end; row += 1) {
      rows[row - a.top] = combineRuns(rows[row - a.top] ?? NO_RUNS, runsAt(other, row), 'subtract')
    }
  }
  return regionOf(a.top, rows)
}
export const intersect = (a: Region, b: Region): Region => combine(a, b, 'intersect')

export const isEmpty = ({ rows }: Region): boolean => rows.length === 0
export const runsAt = ({ top, rows }: Region, row: number): Int32Array => rows[row - top] ?? NO_RUNS

/** Pixels of the region. */
export function areaOf({ rows }: Region): number {
  let area = 0
  for (const runs of rows) for (let at = 0; at < runs.length; at += 2) area += runLength(runs, at)
  return area
}

export function contains(region: Region, x: number, y: number): boolean {
  const runs = runsAt(region, Math.floor(y))
  const column = Math.floor(x)
  for (let at = 0; at < runs.length; at += 2) {
    if (column < (runs[at] as number)) return false
    if (column < (runs[at + 1] as number)) return true
  }
  return false
}

interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}

const bounds = new WeakMap<Region, Bounds>()

/** Columns and rows the region reaches over, ends exclusive; null when it is empty. Kept for as long as the region is. */
export function boundsOf(region: Region): Bounds | null {
  const { top, rows } = region
  if (rows.length === 0) return null
  const known = bounds.get(region)
  if (known) return known
  let left = Number.POSITIVE_INFINITY
  let right = 0
  for (const runs of rows) {
    if (runs.length === 0) continue
    left = Math.min(left, runs[0] as number)
    right = Math.max(right, runs[runs.length - 1] as number)
  }
  const found = { left, top, right, bottom: top + rows.length }
  bounds.set(region, found)
  return found
}

/** Whether the boxes around two regions touch: where they do not, neither can the regions. */
export function mayTouch(a: Region, b: Region): boolean {
  const [one, other] = [boundsOf(a), boundsOf(b)]
  if (!one || !other) return false
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}

/** Leaves out empty rows at both ends. */
export function regionOf(top: number, rows: readonly Int32Array[]): Region {
  let first = 0
  let last = rows.length
  while (first < last && rows[first]?.length === 0) first += 1
  while (last > first && rows[last - 1]?.length === 0) last -= 1
  return first === last ? EMPTY_REGION : { top: top + first, rows: rows.slice(first, last) }
}

function combine(a: Region, b: Region, operation: Operation): Region {
  if (isEmpty(b)) return operation === 'intersect' ? EMPTY_REGION : a
  if (isEmpty(a)) return operation === 'union' ? b : EMPTY_REGION
  const first = Math.max(a.top, b.top)
  const end = Math.min(a.top + a.rows.length, b.top + b.rows.length)
  if (operation === 'intersect') {
    const rows: Int32Array[] = []
    for (let row = first; row < end; row += 1) rows.push(combineRuns(runsAt(a, row), runsAt(b, row), operation))
    return regionOf(first, rows)
  }
  if (operation === 'subtract' && !mayTouch(a, b)) return a
  // Rows that only one of them has are taken over as they are: a step of a stroke costs its own rows, not all so far.
  const [upper, lower] = a.top <= b.top || operation === 'subtract' ? [a, b] : [b, a]
  const rows = upper.rows.slice()
  if (operation === 'union') {
    for (let row = upper.top + rows.length; row < lower.top; row += 1) rows.push(NO_RUNS)
    for (let row = Math.max(end, lower.top); row < lower.top + lower.rows.length; row += 1) {
      rows[row - upper.top] ??= runsAt(lower, row)
    }
  }
  for (let row = first; row < end; row += 1) {
    rows[row - upper.top] = combineRuns(runsAt(a, row), runsAt(b, row), operation)
  }
  return regionOf(upper.top, rows)
}

/** What a row is combined in before it is kept: rows are many and short. */
let scratch = new Int32Array(256)

function combineRuns(a: Int32Array, b: Int32Array, operation: Operation): Int32Array {
  if (b.length === 0) return operation === 'intersect' ? NO_RUNS : a
  if (a.length === 0) return operation === 'union' ? b : NO_RUNS
  const isApart = (a[a.length - 1] as number) <= (b[0] as number) || (b[b.length - 1] as number) <= (a[0] as number)
  if (isApart && operation !== 'union') return operation === 'subtract' ? a : NO_RUNS
  if (scratch.length < a.length + b.length) scratch = new Int32Array(2 * (a.length + b.length))
  let [count, i, j] = [0, 0, 0]
  let wasInside = false
  while (i < a.length || j < b.length) {
    const [inRowA, inRowB] = [i < a.length ? (a[i] as number) : BEYOND, j < b.length ? (b[j] as number) : BEYOND]
    const place = inRowA < inRowB ? inRowA : inRowB
    if (inRowA === place) i += 1
    if (inRowB === place) j += 1
    const [inA, inB] = [(i & 1) === 1, (j & 1) === 1]
    const isInside = operation === 'union' ? inA || inB : inA && (operation === 'intersect' ? inB : !inB)
    if (isInside === wasInside) continue
    scratch[count] = place
    count += 1
    wasInside = isInside
  }
  return scratch.slice(0, count)
}

/** After every column. */
const BEYOND = 2 ** 31 - 1
const runLength = (runs: Int32Array, at: number) => (runs[at + 1] as number) - (runs[at] as number)
