import type { DicomSearch, DicomSeries, DicomStudy } from '@vesalius/contracts'
import type { DicomJson } from '../../db/tables/dicom.ts'
import { ATTRIBUTE, textOf, textsOf, wholeOf } from '../dicomweb/dicom-json.ts'
import { type SourceClient, uidOf } from './source-client.ts'

const STUDY_FIELDS = [
  ...[ATTRIBUTE.modalitiesInStudy, ATTRIBUTE.studyDescription, ATTRIBUTE.studySeries, ATTRIBUTE.studyInstances],
].join(',')
const SERIES_FIELDS = [ATTRIBUTE.seriesDescription, ATTRIBUTE.bodyPart, ATTRIBUTE.seriesInstances].join(',')
const MOST_SERIES = 1000

/** Studies that fit, as a server finds them. One more than asked for tells whether there are further ones. */
export async function searchStudies(
  client: SourceClient,
  search: DicomSearch,
): Promise<{ items: DicomStudy[]; hasMore: boolean }> {
  const { limit, offset } = search
  const found = await client.search('/studies', {
    ...queryOf(search),
    includefield: STUDY_FIELDS,
    limit: String(limit + 1),
    offset: String(offset),
  })
  const items = found.flatMap((json) => presentStudy(json))
  return { items: items.slice(0, limit), hasMore: found.length > limit }
}

function queryOf({ patientId, patientName, from, to, modality, accession }: DicomSearch): Record<string, string> {
  const plain = (date: string | undefined) => date?.replaceAll('-', '') ?? ''
  return {
    ...(patientId ? { PatientID: patientId } : {}),
    ...(patientName ? { PatientName: patientName } : {}),
    ...(from || to ? { StudyDate: from && from === to ? plain(from) : `${plain(from)}-${plain(to)}` } : {}),
    ...(modality ? { ModalitiesInStudy: modality } : {}),
    ...(accession ? { AccessionNumber: accession } : {}),
  }
}

function presentStudy(json: DicomJson): DicomStudy[] {
  const studyUid = uidOf(json, ATTRIBUTE.studyUid)
  if (!studyUid) return []
  return [
    {
      studyUid,
      patientId: textOf(json, ATTRIBUTE.patientId),
      patientName: textOf(json, ATTRIBUTE.patientName),
      date: dateOf(textOf(json, ATTRIBUTE.studyDate)),
      description: textOf(json, ATTRIBUTE.studyDescription),
      accession: textOf(json, ATTRIBUTE.accession),
      modalities: textsOf(json, ATTRIBUTE.modalitiesInStudy).slice(0, 20),
      series: wholeOf(json, ATTRIBUTE.studySeries),
      instances: wholeOf(json, ATTRIBUTE.studyInstances),
    },
  ]
}

export async function listSeries(client: SourceClient, studyUid: string): Promise<DicomSeries[]> {
  const found = await client.search(`/studies/${studyUid}/series`, {
    includefield: SERIES_FIELDS,
    limit: String(MOST_SERIES),
  })
  return found
    .slice(0, MOST_SERIES)
    .flatMap((json): DicomSeries[] => {
      const seriesUid = uidOf(json, ATTRIBUTE.seriesUid)
      if (!seriesUid) return []
      return [
        {
          seriesUid,
          number: wholeOf(json, ATTRIBUTE.seriesNumber),
          modality: textOf(json, ATTRIBUTE.modality),
          description: textOf(json, ATTRIBUTE.seriesDescription),
          bodyPart: textOf(json, ATTRIBUTE.bodyPart),
          instances: wholeOf(json, ATTRIBUTE.seriesInstances),
        },
      ]
    })
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
}

/** `YYYYMMDD`, as DICOM writes it, in the form of calendars. */
function dateOf(text: string | null): string | null {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(text ?? '') ?? []
  return year ? `${year}-${month}-${day}` : null
}
