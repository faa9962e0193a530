import type { DicomIdentity } from '@vesalius/imaging'
import { type Attribute, decodeText } from './attributes.ts'

const SOFTWARE = 'Vesalius'
/** Attributes every object carries, empty where its source says nothing (type 2). */
const NEEDED: readonly (readonly [tag: number, vr: string])[] = [
  [0x00080020, 'DA'],
  [0x00080030, 'TM'],
  [0x00080050, 'SH'],
  [0x00080090, 'PN'],
  [0x00100010, 'PN'],
  [0x00100020, 'LO'],
  [0x00100030, 'DA'],
  [0x00100040, 'CS'],
  [0x00200010, 'SH'],
]
const CHARACTER_SET = 0x00080005

export interface ObjectHead {
  sopClassUid: string
  sopInstanceUid: string
  seriesInstanceUid: string
  modality: string
  seriesDescription: string
  madeAt: Date
}

/** Patient, study, series and equipment of an object made from a picture: the patient and study are the picture's own. */
export function objectHead(source: DicomIdentity, head: ObjectHead): Attribute[] {
  const stated = source.shared.find(({ tag }) => tag === CHARACTER_SET)?.value ?? null
  const copied = new Map<number, Attribute>(NEEDED.map(([tag, vr]) => [tag, [tag, vr, '']]))
  for (const { tag, vr, value } of source.shared) {
    const text = decodeText(
      Uint8Array.from(value, (letter) => letter.charCodeAt(0)),
      stated,
    )
    copied.set(tag, [tag, vr, text])
  }
  const [date, time] = [dateText(head.madeAt), timeText(head.madeAt)]
  return [
    ...copied.values(),
    [CHARACTER_SET, 'CS', 'ISO_IR 192'],
    [0x00080012, 'DA', date],
    [0x00080013, 'TM', time],
    [0x00080016, 'UI', head.sopClassUid],
    [0x00080018, 'UI', head.sopInstanceUid],
    [0x00080023, 'DA', date],
    [0x00080033, 'TM', time],
    [0x00080060, 'CS', head.modality],
    [0x00080070, 'LO', SOFTWARE],
    [0x0008103e, 'LO', head.seriesDescription],
    [0x00081090, 'LO', SOFTWARE],
    [0x00181000, 'LO', '1'],
    [0x00181020, 'LO', '0.1'],
    [0x0020000d, 'UI', source.studyInstanceUid],
    [0x0020000e, 'UI', head.seriesInstanceUid],
    [0x00200011, 'IS', '1'],
    [0x00200013, 'IS', '1'],
  ]
}

function dateText(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '')
}

function timeText(date: Date): string {
  return date.toISOString().slice(11, 19).replaceAll(':', '')
}
