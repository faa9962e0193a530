import { DataSet, type DicomElement } from '../dicom/data-set.ts'
import { groupOf, isPrivate, nameTag } from '../dicom/tags.ts'
import { asciiBytes } from '../dicom/write-dicom.ts'
import { BASIC_PROFILE, type ProfileAction, type ProfileRule } from './basic-profile.ts'

/** One attribute that was changed, anywhere in the object; never its value. */
export interface RemovedAttribute {
  tag: string
  action: ProfileAction
  isPrivate: boolean
  count: number
}

export interface Scrubber {
  replaceUid: (uid: string) => Promise<string>
  removed: Map<number, RemovedAttribute>
}

/** A copy of the data set by the profile, items of sequences included. */
export async function deidentifyDataSet(dataSet: DataSet, scrubber: Scrubber): Promise<DataSet> {
  const clean = new DataSet(dataSet.encoding)
  for (const element of dataSet.elements.values()) {
    const kept = await applyRule(element, ruleFor(element.tag), scrubber)
    if (kept) clean.elements.set(kept.tag, kept)
  }
  return clean
}

/** Private attributes, curves, overlay pixels (which may be writing) and overlay comments go whatever they say. */
function ruleFor(tag: number): ProfileRule | undefined {
  const group = groupOf(tag)
  const element = tag % 0x10000
  const isCurve = group >= 0x5000 && group <= 0x501e
  const isOverlayText = group >= 0x6000 && group <= 0x601e && (element === 0x3000 || element === 0x4000)
  if (isPrivate(tag) || isCurve || isOverlayText) return { action: 'remove', vr: 'UN' }
  return BASIC_PROFILE.get(tag)
}

async function applyRule(
  element: DicomElement,
  rule: ProfileRule | undefined,
  scrubber: Scrubber,
): Promise<DicomElement | null> {
  if (rule && !(rule.action === 'uid' && element.items)) note(element.tag, rule.action, scrubber)
  if (rule?.action === 'remove') return null
  if (rule?.action === 'empty' || (rule?.action === 'dummy' && element.items)) return emptied(element)
  if (rule?.action === 'dummy') return { ...element, value: dummyFor(element, rule.vr) }
  if (rule?.action === 'uid' && !element.items) return { ...element, value: await replaceUids(element.value, scrubber) }
  if (!element.items) return element
  return { ...element, items: await Promise.all(element.items.map((item) => deidentifyDataSet(item, scrubber))) }
}

function note(tag: number, action: ProfileAction, { removed }: Scrubber): void {
  const entry = removed.get(tag) ?? { tag: nameTag(tag), action, isPrivate: isPrivate(tag), count: 0 }
  removed.set(tag, { ...entry, count: entry.count + 1 })
}

function emptied({ tag, vr, items }: DicomElement): DicomElement {
  return items ? { tag, vr, value: new Uint8Array(0), items: [] } : { tag, vr, value: new Uint8Array(0) }
}

function dummyFor({ vr, value }: DicomElement, statedVr: string): Uint8Array {
  switch (/^[A-Z]{2}$/.test(vr) && vr !== 'UN' ? vr : statedVr) {
    case 'DA':
      return asciiBytes('19000101')
    case 'TM':
      return asciiBytes('000000')
    case 'DT':
      return asciiBytes('19000101000000')
    case 'AS':
      return asciiBytes('000Y')
    case 'DS':
    case 'IS':
      return asciiBytes('0')
    case 'AE':
    case 'CS':
    case 'LO':
    case 'LT':
    case 'PN':
    case 'SH':
    case 'ST':
    case 'UC':
    case 'UR':
    case 'UT':
      return asciiBytes('ANONYMIZED')
    default:
      return new Uint8Array(value.length)
  }
}

async function replaceUids(value: Uint8Array, { replaceUid }: Scrubber): Promise<Uint8Array> {
  const text = String.fromCharCode(...value.subarray(0, 65_536)).replace(/[\0 ]+$/, '')
  if (text === '') return value
  return asciiBytes((await Promise.all(text.split('\\').map(replaceUid))).join('\\'))
}
