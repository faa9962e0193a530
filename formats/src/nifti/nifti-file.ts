import { gunzipSync } from 'node:zlib'
import { because } from '@vesalius/contracts'
import { FormatError } from '../shape/problems.ts'
import type { Affine } from './affine.ts'

const HEADER_BYTES = 348
const MOST_VOXELS = 2 ** 29
/** Code, bytes and reader of the sample types that can hold class numbers. Source: nifti1.h. */
const TYPES: Record<number, [bytes: number, read: (view: DataView, at: number, little: boolean) => number]> = {
  2: [1, (view, at) => view.getUint8(at)],
  4: [2, (view, at, little) => view.getInt16(at, little)],
  8: [4, (view, at, little) => view.getInt32(at, little)],
  16: [4, (view, at, little) => view.getFloat32(at, little)],
  64: [8, (view, at, little) => view.getFloat64(at, little)],
  256: [1, (view, at) => view.getInt8(at)],
  512: [2, (view, at, little) => view.getUint16(at, little)],
  768: [4, (view, at, little) => view.getUint32(at, little)],
  1024: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  1280: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
}

export interface NiftiVolume {
  /** Voxels along i, j, k. */
  shape: [number, number, number]
  /** Null where the file states no place (sform and qform codes 0). */
  affine: Affine | null
  /** Whole number at a voxel; i runs fastest. */
  at: (index: number) => number
}

/** A NIfTI-1 or NIfTI-2 volume in one file, zipped or not. Throws FormatError. */
export function readNifti(stored: Uint8Array): NiftiVolume {
  const bytes = stored[0] === 0x1f && stored[1] === 0x8b ? unzip(stored) : stored
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES) throw new FormatError(because`the file is no NIfTI volume`)
  const header = readHeader(view)
  const { shape, type, start, slope, intercept } = header
  const voxels = shape[0] * shape[1] * shape[2]
  if (!(voxels > 0 && voxels <= MOST_VOXELS)) throw new FormatError(because`the volume has no size, or is too large`)
  const reader = TYPES[type]
  if (!reader) throw new FormatError(because`samples of type ${type} are no class numbers`)
  const [size, read] = reader
  if (!(start >= HEADER_BYTES && start + voxels * size <= bytes.length))
    throw new FormatError(because`the volume is cut off`)
  const at = (index: number) => {
    const value = read(view, start + index * size, header.little) * slope + intercept
    if (!Number.isInteger(value)) throw new FormatError(because`the value ${value} is no class number`)
    return value
  }
  return { shape, affine: header.affine, at }
}

function unzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_VOXELS * 2 })
  } catch (cause) {
    throw new FormatError(because`the file cannot be decompressed, or is too large`, { cause })
  }
}

function readHeader(view: DataView) {
  const little = [348, 540].includes(view.getInt32(0, true))
  const size = view.getInt32(0, little)
  if (size !== 348 && size !== 540) throw new FormatError(because`the file is no NIfTI volume`)
  const isSecond = size === 540
  const long = (at: number) => Number(view.getBigInt64(at, little))
  const dimensions = Array.from({ length: 8 }, (_, index) =>
    isSecond ? long(16 + index * 8) : view.getInt16(40 + index * 2, little),
  )
  const [count = 0, i = 0, j = 1, k = 1, ...more] = dimensions
  if (count < 2 || count > 7) throw new FormatError(because`the volume has no dimensions`)
  if (more.slice(0, Math.max(0, count - 3)).some((length) => length > 1)) {
    throw new FormatError(because`a volume of more than three dimensions is no mask`)
  }
  const real = (at: number) => (isSecond ? view.getFloat64(at, little) : view.getFloat32(at, little))
  const slope = real(isSecond ? 176 : 112)
  const start = isSecond ? long(168) : view.getFloat32(108, little)
  return {
    little,
    shape: [i, j, count >= 3 ? k : 1] as [number, number, number],
    type: view.getInt16(isSecond ? 12 : 70, little),
    start: Math.round(start),
    slope: slope === 0 || Number.isNaN(slope) ? 1 : slope,
    intercept: slope === 0 || Number.isNaN(slope) ? 0 : real(isSecond ? 184 : 116),
    affine: readAffine(view, little, isSecond),
  }
}

/** The sform where it is stated, else the qform. Source: nifti1.h, methods 3 and 2. */
function readAffine(view: DataView, little: boolean, isSecond: boolean): Affine | null {
  const width = isSecond ? 8 : 4
  const real = (at: number) => (isSecond ? view.getFloat64(at, little) : view.getFloat32(at, little))
  const code = (first: number, second: number) =>
    isSecond ? view.getInt32(second, little) : view.getInt16(first, little)
  if (code(254, 348) > 0) {
    const start = isSecond ? 400 : 280
    const row = (index: number) => [0, 1, 2, 3].map((at) => real(start + (index * 4 + at) * width))
    return [row(0), row(1), row(2)] as unknown as Affine
  }
  if (code(252, 344) <= 0) return null
  const [b = 0, c = 0, d = 0, x = 0, y = 0, z = 0] = [0, 1, 2, 3, 4, 5].map((at) =>
    real((isSecond ? 352 : 256) + at * width),
  )
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d))
  const spacing = [0, 1, 2, 3].map((at) => real((isSecond ? 104 : 76) + at * width))
  const [factor = 1, di = 1, dj = 1, dk = 1] = spacing
  const sign = factor < 0 ? -1 : 1
  return [
    [(a * a + b * b - c * c - d * d) * di, 2 * (b * c - a * d) * dj, 2 * (b * d + a * c) * dk * sign, x],
    [2 * (b * c + a * d) * di, (a * a + c * c - b * b - d * d) * dj, 2 * (c * d - a * b) * dk * sign, y],
    [2 * (b * d - a * c) * di, 2 * (c * d + a * b) * dj, (a * a + d * d - b * b - c * c) * dk * sign, z],
  ]
}

/**
 * A NIfTI-1 volume of 8- or 16-bit class numbers. Without an affine it states no place (both codes 0), and without a
 * spacing no unit either.
 */
export function writeNifti(
  values: Uint8Array | Uint16Array,
  shape: readonly [number, number, number],
  place: { affine: Affine | null; spacingMm: { row: number; column: number } | null },
): Uint8Array {
  const start = 352
  const bytes = new Uint8Array(start + values.byteLength)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, HEADER_BYTES, true)
  for (const [index, length] of [3, ...shape, 1, 1, 1, 1].entries()) view.setInt16(40 + index * 2, length, true)
  view.setInt16(70, values.BYTES_PER_ELEMENT === 2 ? 512 : 2, true)
  view.setInt16(72, values.BYTES_PER_ELEMENT * 8, true)
  const { affine, spacingMm } = place
  const between = affine ? Math.hypot(affine[0][2], affine[1][2], affine[2][2]) : 1
  const steps = [1, spacingMm?.column ?? 1, spacingMm?.row ?? 1, between, 1, 1, 1, 1]
  for (const [index, step] of steps.entries()) view.setFloat32(76 + index * 4, step, true)
  view.setFloat32(108, start, true)
  view.setFloat32(112, 1, true)
  view.setUint8(123, spacingMm ? 2 : 0)
  bytes.set(new TextEncoder().encode('Vesalius masks'), 148)
  view.setInt16(254, affine ? 1 : 0, true)
  for (const [row, line] of (affine ?? []).entries()) {
    for (const [column, value] of line.entries()) view.setFloat32(280 + (row * 4 + column) * 4, value, true)
  }
  bytes.set(new TextEncoder().encode('n+1\0'), 344)
  if (values instanceof Uint8Array) bytes.set(values, start)
  else for (const [index, value] of values.entries()) view.setUint16(start + index * 2, value, true)
  return bytes
}
