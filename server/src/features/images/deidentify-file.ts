import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import type { DeidentificationReport } from '@vesalius/contracts'
import { deidentifyDicom, stripPicture } from '@vesalius/imaging'
import type { PictureFormat } from './picture-format.ts'
import type { Deidentified } from './picture-protocol.ts'

export interface DeidentifyOptions {
  format: PictureFormat
  /** Key by which DICOM UIDs are replaced: the same UID becomes the same other one, so that series stay together. */
  secret: string
  /** Bytes that a deflated file may have when unpacked. */
  maxBytes: number
}

/**
 * Takes out of a file, in place, what identifies people. A picture file that holds nothing of the kind is left byte by
 * byte as it is. Throws the imaging library's PictureError.
 */
export async function deidentifyFile(
  file: string,
  { format, secret, maxBytes }: DeidentifyOptions,
): Promise<Deidentified> {
  const given = await readFile(file)
  if (format === 'dcm') {
    const { bytes, report } = await deidentifyDicom(given, { secret, maxBytes })
    const removed = report.removed.map(({ tag, count }) => ({ name: tag, count }))
    return replace(file, bytes, { removed, burnedInText: report.burnedInText })
  }
  const { bytes, removed } = stripPicture(given)
  const report = { removed: removed.map((name) => ({ name, count: 1 })), burnedInText: 'unknown' as const }
  return removed.length > 0 ? replace(file, bytes, report) : { report, stored: null }
}

async function replace(file: string, bytes: Uint8Array, report: DeidentificationReport): Promise<Deidentified> {
  await writeFile(file, bytes)
  return { report, stored: { byteSize: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') } }
}
