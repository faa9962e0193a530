import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { masksOf, placedOf, SERIES } from '../testing/series.ts'
import { writeAll } from '../testing/write-all.ts'
import { affineOf } from './affine.ts'
import { readNifti, writeNifti } from './nifti-file.ts'
import { readNiftiMasks } from './read-nifti-masks.ts'

const known = placedOf(SERIES)
const read = (files: Parameters<typeof readNiftiMasks>[0], of = known) =>
  readNiftiMasks(files, { known: of, family: 'segmentation' })

describe('NIfTI masks', () => {
  it.each([
    ['class numbers', 3001, SERIES],
    ['mask numbers', 3004, SERIES],
  ] as const)('come back pixel by pixel as %s, frame by frame', (_, type, dataset) => {
    const written = writeAll('nifti', dataset, type)
    const back = read(written.files)
    expect({ read: back.problems, written: written.problems }).toEqual({ read: [], written: [] })
    expect(masksOf(back.dataset)).toEqual(masksOf(dataset))
  })

  it('state place and spacing of their picture, and none where it states none', () => {
    const file = writeAll('nifti', SERIES, 3001).files.find(({ path }) => path === 'masks/c.nii.gz')
    const volume = readNifti(file?.bytes ?? new Uint8Array(0))
    const own = SERIES.images[2]?.geometry
    expect(volume.shape).toEqual([8, 5, 3])
    for (const [row, line] of (own ? (affineOf(own) ?? []) : []).entries()) {
      for (const [at, value] of line.entries()) expect(volume.affine?.[row]?.[at]).toBeCloseTo(value, 4)
    }
    const plain = { ...SERIES, images: SERIES.images.map(({ geometry: _, ...rest }) => rest) }
    const bytes = gunzipSync(writeAll('nifti', plain, 3001).files[1]?.bytes ?? new Uint8Array(0))
    expect([bytes.readInt16LE(252), bytes.readInt16LE(254), bytes[123]]).toEqual([0, 0, 0])
  })

  it('turned and mirrored are laid back on the picture; of another grid they are refused', () => {
    const own = affineOf(SERIES.images[2]?.geometry ?? { spacingMm: null, places: null, dicom: null })
    if (!own) throw new Error('the sample states its place')
    const whole = readNifti(writeAll('nifti', SERIES, 3001).files[3]?.bytes ?? new Uint8Array(0))
    const [ni, nj, nk] = whole.shape
    const values = new Uint8Array(ni * nj * nk)
    // Axes k, i, j with i backwards.
    for (let k = 0; k < nk; k += 1)
      for (let j = 0; j < nj; j += 1)
        for (let i = 0; i < ni; i += 1) {
          values[k + nk * (ni - 1 - i + ni * j)] = whole.at(i + ni * (j + nj * k))
        }
    const turned = own.map((row) => [row[2], -row[0], row[1], row[3] + (ni - 1) * row[0]]) as never
    const bytes = writeNifti(values, [nk, ni, nj], { affine: turned, spacingMm: { row: 1, column: 1 } })
    const table = writeAll('nifti', SERIES, 3001).files.slice(0, 1)
    const back = read([...table, { path: 'c.nii', bytes }])
    expect(back.problems).toEqual([])
    expect(masksOf(back.dataset)).toEqual(masksOf({ ...SERIES, images: SERIES.images.slice(2) }))
    const moved = own.map((row) => [row[0], row[1], row[2], row[3] + 1]) as never
    const other = writeNifti(values, [ni, nj, nk], { affine: moved, spacingMm: { row: 1, column: 1 } })
    expect(read([{ path: 'c.nii', bytes: other }]).problems).toMatchObject([
      { reason: 'the volume lies on another grid than the picture', file: 'c.nii' },
    ])
  })

  it('of another size, cut off, or with fractions are problems of their file', () => {
    const bytes = writeNifti(new Uint8Array(12), [4, 3, 1], { affine: null, spacingMm: null })
    const reasons = (given: Uint8Array) => read([{ path: 'a.nii', bytes: given }]).problems.map(({ reason }) => reason)
    expect(reasons(bytes)).toEqual(['the volume has 4 × 3 × 1 voxels, the picture 8 × 5 × 1'])
    expect(reasons(bytes.subarray(0, 355))).toEqual(['the volume is cut off'])
    expect(reasons(bytes.subarray(0, 100))).toEqual(['the file is no NIfTI volume'])
  })
})
