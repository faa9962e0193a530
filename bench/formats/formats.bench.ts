/**
 * `npm run bench -- formats`: every DICOM sample and every malformed file against what is expected of it. DICOM is
 * compared sample by sample with a second decoder, where `VESALIUS_BENCH_PYTHON` names a Python that has it (see
 * decode_dicom.py); without it only our own decoding and the equality of lossless twins are checked.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DEFAULT_LIMITS, type Frames, PictureError } from '@vesalius/imaging'
import { decodePicture } from '@vesalius/imaging/node'
import { keepResult } from '../lib/keep-result.ts'

type Verdict = { picture: Frames } | { refusal: string }

interface Row {
  name: string
  ours: string
  theirs: string
  ms: number
  isAsExpected: boolean
}

const data = process.env.VESALIUS_BENCH_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const python = process.env.VESALIUS_BENCH_PYTHON
const LOSSLESS = /_(RLE|JPLL|JLSL|J2KR)\.dcm$/

const dicomFiles = ['dicom/pydicom', 'dicom/wg04'].flatMap((folder) =>
  readdirSync(join(data, folder)).map((name) => join(data, folder, name)),
)
const out = mkdtempSync(join(tmpdir(), 'formats-'))
const rows: Row[] = []
try {
  const theirs = python ? decodeWithPython(python, dicomFiles, out) : null
  for (const [index, file] of dicomFiles.entries()) rows.push(await compareDicom(file, index, theirs?.[index] ?? null))
} finally {
  rmSync(out, { recursive: true, force: true })
}
const twins = await compareTwins()
const malformed = await checkMalformed()
printTable([...rows, ...twins, ...malformed])
const wrong = [...rows, ...twins, ...malformed].filter((row) => !row.isAsExpected)
keepResult('formats', {
  dicom: count(rows),
  equalToSecondDecoder: rows.filter((row) => row.theirs.startsWith('equal')).length,
  refusedByBoth: rows.filter((row) => row.theirs.startsWith('refused') && row.ours.startsWith('refused')).length,
  losslessTwins: count(twins),
  malformed: count(malformed),
  secondDecoder: python ? 'pydicom 3.0.2 with pylibjpeg, pyjpegls, imagecodecs' : null,
  notAsExpected: wrong.map(({ name, ours, theirs: other }) => ({ name, ours, theirs: other })),
})
console.log(`${wrong.length} of ${rows.length + twins.length + malformed.length} are not as expected`)
process.exitCode = wrong.length > 0 ? 1 : 0

function count(some: Row[]): string {
  return `${some.filter((row) => row.isAsExpected).length} of ${some.length} as expected`
}

async function decode(file: string): Promise<Verdict> {
  try {
    return { picture: await decodePicture(readFileSync(file), DEFAULT_LIMITS) }
  } catch (error) {
    if (error instanceof PictureError) return { refusal: `refused: ${error.kind}: ${error.message}` }
    throw error
  }
}

function describe(verdict: Verdict): string {
  if ('refusal' in verdict) return verdict.refusal
  const { width, height, frames, colour, sampleType } = verdict.picture
  return `${width} × ${height} × ${frames} ${colour} ${sampleType}`
}

async function compareDicom(file: string, index: number, other: { error?: string } | null): Promise<Row> {
  const start = performance.now()
  const verdict = await decode(file)
  const row = { name: basename(file), ours: describe(verdict), ms: Math.round(performance.now() - start) }
  if (!other) return { ...row, theirs: '-', isAsExpected: true }
  if ('refusal' in verdict || other.error) {
    // What the second decoder cannot read is no fault of ours; what only we refuse is.
    return { ...row, theirs: other.error ? `refused: ${other.error}` : 'decoded', isAsExpected: Boolean(other.error) }
  }
  const bytes = readFileSync(join(out, `${index}.f8`))
  const expected = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
  const difference = largestDifference(verdict.picture.samples, expected)
  return { ...row, theirs: difference === 0 ? 'equal' : `differs by ${difference}`, isAsExpected: difference === 0 }
}

function decodeWithPython(program: string, files: string[], folder: string): { error?: string }[] {
  const script = fileURLToPath(new URL('decode_dicom.py', import.meta.url))
  const lines = execFileSync(program, [script, folder, ...files], { maxBuffer: 2 ** 26, encoding: 'utf8' })
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

async function compareTwins(): Promise<Row[]> {
  const results: Row[] = []
  for (const file of dicomFiles.filter((path) => path.includes('wg04') && LOSSLESS.test(path))) {
    const start = performance.now()
    const [packed, plain] = [await decode(file), await decode(file.replace(LOSSLESS, '_UNC.dcm'))]
    const isEqual =
      'picture' in packed &&
      'picture' in plain &&
      largestDifference(packed.picture.samples, plain.picture.samples) === 0
    const theirs = isEqual ? 'equal' : 'differs'
    const ms = Math.round(performance.now() - start)
    results.push({ name: `${basename(file)} = _UNC`, ours: describe(packed), theirs, ms, isAsExpected: isEqual })
  }
  return results
}

async function checkMalformed(): Promise<Row[]> {
  const expect: Record<string, string> = JSON.parse(readFileSync(join(data, 'malformed/expect.json'), 'utf8'))
  const results: Row[] = []
  for (const [name, wanted] of Object.entries(expect)) {
    const start = performance.now()
    const verdict = await decode(join(data, 'malformed', name))
    const ms = Math.round(performance.now() - start)
    const isAsExpected = ('picture' in verdict ? 'accept' : 'reject') === wanted
    results.push({ name, ours: describe(verdict), theirs: wanted, ms, isAsExpected })
  }
  return results
}

function largestDifference(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY
  let largest = 0
  for (let index = 0; index < ours.length; index += 1) {
    const difference = Math.abs((ours[index] ?? 0) - (theirs[index] ?? 0))
    if (difference > largest) largest = difference
  }
  return largest
}

function printTable(all: Row[]): void {
  for (const { name, ours, theirs, ms, isAsExpected } of all) {
    const mark = isAsExpected ? 'ok' : 'WRONG'
    console.log(
      `${mark.padEnd(6)}${name.padEnd(40)}${ours.slice(0, 70).padEnd(72)}${theirs.slice(0, 40).padEnd(42)}${ms} ms`,
    )
  }
}
