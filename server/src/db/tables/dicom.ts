import type {
  DicomPush,
  DicomPushId,
  DicomSourceAuth,
  DicomSourceId,
  ExportFilter,
  ImageId,
  ObjectFormat,
  Problem,
  ProjectId,
  UserId,
  WorkProgress,
} from '@vesalius/contracts'
import type { ColumnType, Generated, RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { DefaultTime, Json, Time } from './columns.ts'

export interface DicomSourcesTable {
  id: DicomSourceId
  /** Null: of the whole installation. */
  project_id: ProjectId | null
  name: string
  url: string
  auth: DicomSourceAuth
  username: Generated<string>
  sealed_secret: string | null
  created_by: UserId | null
  created_at: DefaultTime
  updated_at: DefaultTime
}

export interface DicomPushesTable {
  id: DicomPushId
  project_id: ProjectId
  source_id: DicomSourceId | null
  source_name: string
  user_id: UserId
  request: Json<{ format: ObjectFormat; filter: z.infer<typeof ExportFilter> }>
  state: DicomPush['state']
  progress: Json<WorkProgress>
  result: Json<NonNullable<DicomPush['result']>> | null
  notes: ColumnType<string[], RawBuilder<string[]> | undefined, RawBuilder<string[]>>
  problem: Json<Problem> | null
  created_at: DefaultTime
  finished_at: Time | null
}

/** Attributes as DICOM JSON writes them (PS3.18 annex F), by tag. */
export type DicomJson = Record<string, { vr: string; Value?: unknown[]; InlineBinary?: string; BulkDataURI?: string }>

/** Of one image that is DICOM; where its file lacks the UIDs they are null, and nobody finds it. */
export interface DicomInstancesTable {
  image_id: ImageId
  project_id: ProjectId
  study_uid: string | null
  series_uid: string | null
  instance_uid: string | null
  patient_id: string | null
  patient_name: string | null
  /** `YYYYMMDD` */
  study_date: string | null
  accession: string | null
  modality: string | null
  attributes: Json<DicomJson>
}

export interface DicomTables {
  dicom_sources: DicomSourcesTable
  dicom_pushes: DicomPushesTable
  dicom_instances: DicomInstancesTable
}
