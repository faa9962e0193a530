import type { DicomJson } from '../../db/tables/dicom.ts'
import { ATTRIBUTE } from './dicom-json.ts'
import type { FoundInstance, FoundSeries, FoundStudy } from './instances.queries.ts'

/** Answers of searches: the usual attributes of each level and what we count. Source: DICOM PS3.18 table 10.6.3-3 to -5. */

const PATIENT_AND_STUDY = [
  ...['00080005', '00080020', '00080030', '00080050', '00080090', '00081030'],
  ...['00100010', '00100020', '00100030', '00100040', '0020000D', '00200010'],
]
const SERIES = ['00080060', '0008103E', '00180015', '0020000E', '00200011', '00400244', '00400245']
const INSTANCE = [...['00080008', '00080016', '00080018', '00200013', '00280008', '00280010', '00280011', '00280100']]

export function presentStudy(base: string, { studyUid, modalities, series, instances, attributes }: FoundStudy) {
  return sorted({
    ...pick(attributes, PATIENT_AND_STUDY),
    [ATTRIBUTE.modalitiesInStudy]: { vr: 'CS', Value: modalities },
    [ATTRIBUTE.studySeries]: { vr: 'IS', Value: [series] },
    [ATTRIBUTE.studyInstances]: { vr: 'IS', Value: [instances] },
    ...available(`${base}/studies/${studyUid}`),
  })
}

export function presentSeries(base: string, { studyUid, seriesUid, instances, attributes }: FoundSeries) {
  return sorted({
    ...pick(attributes, [...PATIENT_AND_STUDY, ...SERIES]),
    [ATTRIBUTE.seriesInstances]: { vr: 'IS', Value: [instances] },
    ...available(`${base}/studies/${studyUid}/series/${seriesUid}`),
  })
}

export function presentInstance(base: string, { studyUid, seriesUid, instanceUid, attributes }: FoundInstance) {
  return sorted({
    ...pick(attributes, [...PATIENT_AND_STUDY, ...SERIES, ...INSTANCE]),
    ...available(`${base}/studies/${studyUid}/series/${seriesUid}/instances/${instanceUid}`),
  })
}

function pick(attributes: DicomJson, tags: readonly string[]): DicomJson {
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const value = attributes[tag]
      return value ? [[tag, value]] : []
    }),
  )
}

const available = (url: string): DicomJson => ({
  '00080056': { vr: 'CS', Value: ['ONLINE'] },
  [ATTRIBUTE.retrieveUrl]: { vr: 'UR', Value: [url] },
})

const sorted = (json: DicomJson): DicomJson =>
  Object.fromEntries(Object.entries(json).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
