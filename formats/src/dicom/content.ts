import type { DataSet } from '@vesalius/imaging'
import { type Attribute, dataSetOf, decimalText, decodeText } from './attributes.ts'
import { type Code, codeItem, readCode } from './codes.ts'
import { TAG as OBJECT } from './tags.ts'

/** Content items of structured reports. Source: DICOM PS3.3 sections C.17.3 and C.18. */
export const TAG = {
  valueType: 0x0040a040,
  relationship: 0x0040a010,
  concept: 0x0040a043,
  continuity: 0x0040a050,
  uid: 0x0040a124,
  text: 0x0040a160,
  conceptCode: 0x0040a168,
  measured: 0x0040a300,
  numeric: 0x0040a30a,
  units: 0x004008ea,
  templates: 0x0040a504,
  templateId: 0x0040db00,
  templateResource: 0x00080105,
  content: 0x0040a730,
  graphicData: 0x00700022,
  graphicType: 0x00700023,
} as const

export const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning })
export const sct = (value: string, meaning: string): Code => ({ value, scheme: 'SCT', meaning })

export const CONCEPT = {
  report: dcm('126000', 'Imaging Measurement Report'),
  measurements: dcm('126010', 'Imaging Measurements'),
  group: dcm('125007', 'Measurement Group'),
  trackingId: dcm('112039', 'Tracking Identifier'),
  trackingUid: dcm('112040', 'Tracking Unique Identifier'),
  finding: dcm('121071', 'Finding'),
  region: dcm('111030', 'Image Region'),
  source: sct('260753009', 'Source'),
  area: sct('42798000', 'Area'),
} as const

type Relationship = 'CONTAINS' | 'HAS OBS CONTEXT' | 'HAS CONCEPT MOD' | 'SELECTED FROM'

function item(
  relationship: Relationship,
  valueType: string,
  concept: Code | null,
  attributes: readonly (Attribute | null)[],
  children: readonly DataSet[] = [],
): DataSet {
  return dataSetOf([
    [TAG.relationship, 'CS', relationship],
    [TAG.valueType, 'CS', valueType],
    concept && [TAG.concept, 'SQ', [codeItem(concept)]],
    ...attributes,
    children.length > 0 ? [TAG.content, 'SQ', children] : null,
  ])
}

export const codeOf = (relationship: Relationship, concept: Code, value: Code, children: readonly DataSet[] = []) =>
  item(relationship, 'CODE', concept, [[TAG.conceptCode, 'SQ', [codeItem(value)]]], children)
export const textOf = (relationship: Relationship, concept: Code, value: string) =>
  item(relationship, 'TEXT', concept, [[TAG.text, 'UT', value]])
export const uidRefOf = (relationship: Relationship, concept: Code, value: string) =>
  item(relationship, 'UIDREF', concept, [[TAG.uid, 'UI', value]])

export function containerOf(concept: Code, template: string | null, children: readonly DataSet[]): DataSet {
  return item('CONTAINS', 'CONTAINER', concept, [[TAG.continuity, 'CS', 'SEPARATE'], templateOf(template)], children)
}

export function templateOf(id: string | null): Attribute | null {
  if (id === null) return null
  const template = dataSetOf([
    [TAG.templateResource, 'CS', 'DCMR'],
    [TAG.templateId, 'CS', id],
  ])
  return [TAG.templates, 'SQ', [template]]
}

export function numberOf(concept: Code, value: number, unit: Code): DataSet {
  const measured = dataSetOf([
    [TAG.units, 'SQ', [codeItem(unit)]],
    [TAG.numeric, 'DS', decimalText(value)],
  ])
  return item('CONTAINS', 'NUM', concept, [[TAG.measured, 'SQ', [measured]]])
}

export interface InstanceReference {
  sopClassUid: string
  sopInstanceUid: string
  /** From 1; null: the object has one frame, or all are meant. */
  frame: number | null
}

export function imageOf(relationship: Relationship, concept: Code | null, to: InstanceReference): DataSet {
  const reference = dataSetOf([
    [OBJECT.referencedSopClass, 'UI', to.sopClassUid],
    [OBJECT.referencedSopInstance, 'UI', to.sopInstanceUid],
    to.frame === null ? null : [OBJECT.referencedFrame, 'IS', String(to.frame)],
  ])
  return item(relationship, 'IMAGE', concept, [[OBJECT.referencedSopSequence, 'SQ', [reference]]])
}

/** `points`: x and y in turns, in pixels from the top left corner of the first pixel. */
export function polylineOf(concept: Code, points: readonly number[], of: InstanceReference): DataSet {
  const attributes: Attribute[] = [
    [TAG.graphicData, 'FL', points],
    [TAG.graphicType, 'CS', 'POLYLINE'],
  ]
  return item('CONTAINS', 'SCOORD', concept, attributes, [imageOf('SELECTED FROM', null, of)])
}

/** A content item as a reader wants it. */
export interface ContentItem {
  valueType: string
  concept: Code | null
  dataSet: DataSet
  children: ContentItem[]
}

export function readContent(dataSet: DataSet, characterSet: string | null): ContentItem {
  return {
    valueType: dataSet.text(TAG.valueType) ?? '',
    concept: readCode(dataSet.items(TAG.concept)[0], characterSet),
    dataSet,
    children: dataSet.items(TAG.content).map((child) => readContent(child, characterSet)),
  }
}

export function isConcept({ concept }: ContentItem, wanted: Code): boolean {
  return concept?.value === wanted.value && concept.scheme === wanted.scheme
}

export function readItemText({ dataSet }: ContentItem, characterSet: string | null): string {
  return decodeText(dataSet.bytes(TAG.text), characterSet)
}

export function readReference({ dataSet }: ContentItem): { uid: string; frame: number } | null {
  const reference = dataSet.items(OBJECT.referencedSopSequence)[0]
  const uid = reference?.text(OBJECT.referencedSopInstance)
  if (!reference || !uid) return null
  return { uid, frame: (reference.decimals(OBJECT.referencedFrame)?.[0] ?? 1) - 1 }
}

/** The shortest decimal numbers that are the same in single precision, so that 60.3 stays 60.3. */
export function readPoints({ dataSet }: ContentItem): number[] {
  const bytes = dataSet.bytes(TAG.graphicData) ?? new Uint8Array(0)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length >> 2 }, (_, index) =>
    shortest(view.getFloat32(index * 4, dataSet.encoding.isLittleEndian)),
  )
}

function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits += 1) {
    const candidate = Number(value.toPrecision(digits))
    if (Math.fround(candidate) === value) return candidate
  }
  return value
}
