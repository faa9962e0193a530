import type {
  AnnotationImport,
  AnnotationImportId,
  DicomSelection,
  DicomSourceId,
  DuplicateChoice,
  Export,
  ExportId,
  FormatName,
  ImageId,
  ImportChoices,
  ImportId,
  ImportItem,
  ImportKind,
  ImportReport,
  ImportState,
  Problem,
  ProjectId,
  UserId,
  WorkProgress,
} from '@vesalius/contracts'
import type { ColumnType, Generated, RawBuilder } from 'kysely'
import type { DefaultTime, Json, Time } from './columns.ts'

export interface ExportsTable {
  id: ExportId
  project_id: ProjectId
  user_id: UserId
  request: Json<Pick<Export, 'format' | 'content' | 'images' | 'filter'> & { language?: 'en' | 'zh' }>
  state: Export['state']
  progress: Json<WorkProgress>
  result: Json<NonNullable<Export['result']>> | null
  problem: Json<Problem> | null
  uri: string
  created_at: DefaultTime
  finished_at: Time | null
}

export interface AnnotationImportsTable {
  id: AnnotationImportId
  project_id: ProjectId
  user_id: UserId
  /** Null until it is recognised. */
  format: FormatName | null
  /** As they were called, in the order they are stored in. */
  files: Json<string[]>
  choices: Json<ImportChoices>
  state: AnnotationImport['state']
  progress: Json<WorkProgress>
  report: Json<ImportReport> | null
  problem: Json<Problem> | null
  created_at: DefaultTime
  finished_at: Time | null
}

export interface DicomImport {
  sourceId: DicomSourceId
  selections: DicomSelection[]
}

export interface ImportsTable {
  id: ImportId
  project_id: ProjectId
  created_by: UserId
  kind: ImportKind
  source: string
  /** Of `dicomweb`: what is fetched. */
  request: ColumnType<DicomImport | null, RawBuilder<DicomImport> | null | undefined, RawBuilder<DicomImport> | null>
  duplicates: DuplicateChoice
  state: ImportState
  total: number | null
  stored: Generated<number>
  refused: Generated<number>
  duplicate_count: Generated<number>
  label_count: Generated<number>
  ignored: Generated<number>
  byte_size: Generated<number>
  error: Json<Problem> | null
  cancel_requested: Generated<boolean>
  created_at: DefaultTime
  started_at: Time | null
  finished_at: Time | null
}

export interface ImportItemsTable {
  import_id: ImportId
  position: number
  path: string
  state: ImportItem['state']
  image_id: ImageId | null
  error: Json<Problem> | null
}

export interface ExchangeTables {
  imports: ImportsTable
  import_items: ImportItemsTable
  exports: ExportsTable
  annotation_imports: AnnotationImportsTable
}
