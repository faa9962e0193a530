import type { DataSet } from '../dicom/data-set.ts'
import { readDicom } from '../dicom/read-dicom.ts'
import { TAG } from '../dicom/tags.ts'
import { asciiBytes, writeDicom } from '../dicom/write-dicom.ts'
import { deidentifyDataSet, type RemovedAttribute } from './deidentify-data-set.ts'
import { createUidReplacer } from './replace-uid.ts'

export interface DeidentificationReport {
  removed: RemovedAttribute[]
  /** Whether the file says that names may be burned into its pixels */
  burnedInText: 'yes' | 'no' | 'unknown'
}

const MARKS = [
  [0x00120062, 'CS', 'YES'],
  [0x00120063, 'LO', 'DICOM PS3.15 Basic Application Level Confidentiality Profile'],
  [0x00280303, 'CS', 'REMOVED'],
] as const

/**
 * A DICOM file without what identifies people, by the basic profile: pixels untouched, same transfer syntax, UIDs
 * replaced in the same way wherever `secret` is the same. Throws PictureError. Source: DICOM PS3.15 annex E.
 */
export async function deidentifyDicom(
  bytes: Uint8Array,
  { secret, maxBytes }: { secret: string; maxBytes: number },
): Promise<{ bytes: Uint8Array<ArrayBuffer>; report: DeidentificationReport }> {
  const { dataSet, transferSyntaxUid } = await readDicom(bytes, maxBytes)
  const removed = new Map<number, RemovedAttribute>()
  const clean = await deidentifyDataSet(dataSet, { replaceUid: createUidReplacer(secret), removed })
  for (const [tag, vr, text] of MARKS) clean.elements.set(tag, { tag, vr, value: asciiBytes(text) })
  const ordered = [...removed.entries()].sort(([a], [b]) => a - b).map(([, entry]) => entry)
  const report: DeidentificationReport = { removed: ordered, burnedInText: readBurnedIn(dataSet) }
  return { bytes: await writeDicom(clean, transferSyntaxUid), report }
}

function readBurnedIn(dataSet: DataSet): DeidentificationReport['burnedInText'] {
  const stated = dataSet.text(TAG.burnedInAnnotation)
  if (stated === 'YES') return 'yes'
  return stated === 'NO' ? 'no' : 'unknown'
}
