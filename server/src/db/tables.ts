import type { Selectable } from 'kysely'
import type { AccountTables } from './tables/accounts.ts'
import type { AnnouncementsTable } from './tables/announcements.ts'
import type { ArticleTables } from './tables/articles.ts'
import type { AuditTables } from './tables/audit.ts'
import type { DicomTables } from './tables/dicom.ts'
import type { AnnotationImportsTable, ExchangeTables, ExportsTable, ImportsTable } from './tables/exchange.ts'
import type { ImageEditorsTable, ImagesTable, ImageTables } from './tables/images.ts'
import type { LabelTables, ReadingsTable, StudiesTable } from './tables/labels.ts'
import type { MessageTables } from './tables/messages.ts'
import type { ComparisonsTable, ModelTables, ModelVersionsTable, RunsTable } from './tables/models.ts'
import type { OrganisationTables } from './tables/organisations.ts'
import type { OwnArchivesTable } from './tables/own-archives.ts'
import type { ChangeNotesTable, LeasesTable, ProcessesTable } from './tables/processes.ts'
import type { ClassEditsTable, ProjectsTable, ProjectTables } from './tables/projects.ts'
import type { RemoteTables } from './tables/remote.ts'
import type { RuleTables } from './tables/rules.ts'
import type { WebhookTables } from './tables/webhooks.ts'
import type { GuessEditsTable, ProjectWorthTable } from './tables/worth.ts'

/** Every table of the database, gathered by what it is about. */
export interface Tables
  extends AccountTables,
    ArticleTables,
    AuditTables,
    DicomTables,
    ExchangeTables,
    ImageTables,
    LabelTables,
    MessageTables,
    ModelTables,
    OrganisationTables,
    ProjectTables,
    RemoteTables,
    RuleTables,
    WebhookTables {
  installation: { name: string; value: string }
  processes: ProcessesTable
  leases: LeasesTable
  change_notes: ChangeNotesTable
  announcements: AnnouncementsTable
  own_archives: OwnArchivesTable
  /** A view: single images that a person may see and label. */
  shared_images: Pick<ImageEditorsTable, 'image_id' | 'user_id' | 'project_id'>
  guess_edits: GuessEditsTable
  project_worth: ProjectWorthTable
}

export type ProjectRow = Selectable<ProjectsTable>
export type ImageRow = Selectable<ImagesTable>
export type StudyRow = Selectable<StudiesTable>
export type ReadingRow = Selectable<ReadingsTable>
export type ImportRow = Selectable<ImportsTable>
export type RunRow = Selectable<RunsTable>
export type ComparisonRow = Selectable<ComparisonsTable>
export type ModelVersionRow = Selectable<ModelVersionsTable>
export type ClassEditRow = Selectable<ClassEditsTable>
export type ExportRow = Selectable<ExportsTable>
export type AnnotationImportRow = Selectable<AnnotationImportsTable>
