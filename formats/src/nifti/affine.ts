import type { FramePlace, PictureGeometry, Vector } from '@vesalius/imaging'

/** Rows of voxel (i, j, k, 1) to millimetres towards right, front and head (NIfTI's RAS+). */
export type Affine = readonly [Row, Row, Row]
type Row = readonly [number, number, number, number]

const TOLERANCE_MM = 0.05

/**
 * The grid of a picture as NIfTI sees it, voxel i along a row, j down a column, k through the frames; null unless the
 * file states spacing and place, and its frames lie in one even stack. DICOM counts towards left and back, so x and y
 * change their sign. Source: NIfTI-1.1, nifti1.h; DICOM PS3.3 C.7.6.2.1.1.
 */
export function affineOf({ spacingMm, places }: PictureGeometry): Affine | null {
  const [first, second] = places ?? []
  if (!spacingMm || !first || !places) return null
  const through = second ? step(first, second) : [0, 0, 0]
  const isEven = places.every(({ position, row, column }, index) =>
    [
      position.every((value, axis) => near(value, (first.position[axis] ?? 0) + index * (through[axis] ?? 0))),
      row.every((value, axis) => Math.abs(value - (first.row[axis] ?? 0)) < 1e-4),
      column.every((value, axis) => Math.abs(value - (first.column[axis] ?? 0)) < 1e-4),
    ].every(Boolean),
  )
  if (!isEven) return null
  const normal = second ? through : cross(first.row, first.column)
  const line = (axis: 0 | 1 | 2): Row => {
    const sign = axis === 2 ? 1 : -1
    return [
      sign * first.row[axis] * spacingMm.column,
      sign * first.column[axis] * spacingMm.row,
      sign * (normal[axis] ?? 0),
      sign * first.position[axis],
    ]
  }
  return [line(0), line(1), line(2)]
}

/** How the axes of one grid run along those of another: for each of its axes which, and whether backwards. */
export interface AxisMap {
  /** For axis i, j, k of the picture: the axis of the file. */
  axis: readonly [number, number, number]
  isFlipped: readonly [boolean, boolean, boolean]
}

/**
 * The map between two grids of the same voxels, up to the order and direction of their axes; null when they differ.
 * `shape`: voxels along the picture's axes.
 */
export function matchGrids(picture: Affine, file: Affine, shape: readonly [number, number, number]): AxisMap | null {
  const columns = [0, 1, 2].map((axis) => columnOf(picture, axis))
  const others = [0, 1, 2].map((axis) => columnOf(file, axis))
  const axis: number[] = []
  const isFlipped: boolean[] = []
  for (const [index, column] of columns.entries()) {
    // An axis of a single voxel has no step to compare: it takes the file's axis that is left.
    const found = others.findIndex(
      (other, at) => !axis.includes(at) && (isSame(column, other, 1) || isSame(column, other, -1)),
    )
    if (found < 0 && (shape[index] ?? 0) > 1) return null
    axis.push(found)
    isFlipped.push(found >= 0 && !isSame(column, others[found] ?? [], 1))
  }
  for (const [index, found] of axis.entries()) {
    if (found < 0) axis[index] = [0, 1, 2].find((candidate) => !axis.includes(candidate)) ?? 0
  }
  const map = { axis, isFlipped } as unknown as AxisMap
  return isSame(corner(picture), startOf(file, map, shape), 1) ? map : null
}

/** Where the picture's first voxel lies by the file's grid. */
function startOf(file: Affine, { axis, isFlipped }: AxisMap, shape: readonly number[]): number[] {
  const voxel = [0, 0, 0]
  for (const [index, other] of axis.entries()) if (isFlipped[index]) voxel[other] = (shape[index] ?? 1) - 1
  return file.map((row) => row.slice(0, 3).reduce((sum, value, at) => sum + value * (voxel[at] ?? 0), row[3]))
}

function columnOf(affine: Affine, axis: number): number[] {
  return affine.map((row) => row[axis] ?? 0)
}

function corner(affine: Affine): number[] {
  return affine.map((row) => row[3])
}

function isSame(a: readonly number[], b: readonly number[], sign: 1 | -1): boolean {
  return a.length === b.length && a.every((value, at) => near(value, sign * (b[at] ?? Number.NaN)))
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE_MM
}

function step(a: FramePlace, b: FramePlace): number[] {
  return a.position.map((value, axis) => (b.position[axis] ?? 0) - value)
}

function cross(a: Vector, b: Vector): number[] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
