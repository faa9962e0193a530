import type { DicomJson } from '../../db/tables/dicom.ts'

/** Reads single values out of DICOM JSON (PS3.18 annex F), which comes from servers of others: nothing in it is trusted. */

/** The text of an attribute's first value, of a person's name the usual form; null where there is none. */
export function textOf(json: DicomJson, tag: string): string | null {
  return textsOf(json, tag)[0] ?? null
}

/** All values of an attribute as text. */
export function textsOf(json: DicomJson, tag: string): string[] {
  const value: unknown = json[tag]?.Value
  if (!Array.isArray(value)) return []
  return value.flatMap((one) => {
    const text = typeof one === 'object' && one !== null ? (one as { Alphabetic?: unknown }).Alphabetic : one
    if (typeof text !== 'string' && typeof text !== 'number') return []
    const trimmed = String(text).trim().slice(0, 300)
    return trimmed === '' ? [] : [trimmed]
  })
}

/** A whole number, which some servers write as text. */
export function wholeOf(json: DicomJson, tag: string): number | null {
  const text = textOf(json, tag)
  const number = text === null ? Number.NaN : Number(text)
  return Number.isSafeInteger(number) && Math.abs(number) < 2 ** 31 ? number : null
}

export const ATTRIBUTE = {
  characterSet: '00080005',
  sopClass: '00080016',
  instanceUid: '00080018',
  studyDate: '00080020',
  studyTime: '00080030',
  accession: '00080050',
  modality: '00080060',
  modalitiesInStudy: '00080061',
  studyDescription: '00081030',
  seriesDescription: '0008103E',
  retrieveUrl: '00081190',
  referencedSopClass: '00081150',
  referencedInstance: '00081155',
  failureReason: '00081197',
  failedSequence: '00081198',
  referencedSequence: '00081199',
  patientName: '00100010',
  patientId: '00100020',
  patientBirthDate: '00100030',
  bodyPart: '00180015',
  studyUid: '0020000D',
  seriesUid: '0020000E',
  seriesNumber: '00200011',
  instanceNumber: '00200013',
  studySeries: '00201206',
  studyInstances: '00201208',
  seriesInstances: '00201209',
} as const
