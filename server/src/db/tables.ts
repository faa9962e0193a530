import type {
  Activity,
  Algorithm,
  AnnotationImport,
  AnnotationImportId,
  ClassColour,
  ClassEdit,
  ClassEditId,
  CommentId,
  CommentPlace,
  Comparison,
  ComparisonId,
  ComparisonResult,
  CurvePoint,
  DeidentificationReport,
  DownloadId,
  DuplicateChoice,
  EditedClass,
  Export,
  ExportId,
  FormatName,
  GateDecision,
  ImageId,
  ImageState,
  ImageType,
  ImportChoices,
  ImportedFile,
  ImportId,
  ImportItem,
  ImportKind,
  ImportReport,
  ImportState,
  InvitationId,
  LabelAuthor,
  LabelData,
  Lineage,
  LineageLabel,
  MailId,
  Metrics,
  ModelVersion,
  ModelVersionId,
  OrganisationId,
  OrganisationRole,
  PastClasses,
  PixelSpacing,
  Preferences,
  Problem,
  ProjectId,
  ReadingId,
  RemoteDelivery,
  RemoteJobId,
  RemoteJobState,
  RemoteSettings,
  ReviewDecision,
  ReviewId,
  ReviewMode,
  ReviewState,
  Run,
  RunId,
  RunProgress,
  RunState,
  SavedFilterId,
  Serving,
  SessionId,
  SettingChange,
  Skip,
  Study,
  StudyId,
  TokenId,
  TokenScope,
  UserId,
  Without,
  WorkerOutcome,
  WorkerProgress,
  WorkerTokenId,
  WorkProgress,
} from '@vesalius/contracts'
import type { ColumnType, Generated, RawBuilder, Selectable } from 'kysely'
import type { AnnouncementsTable } from './tables/announcements.ts'
import type { ArticleTables } from './tables/articles.ts'
import type { MessageTables } from './tables/messages.ts'
import type { OwnArchivesTable } from './tables/own-archives.ts'
import type { ChangeNotesTable, LeasesTable, ProcessesTable } from './tables/processes.ts'
import type { GuessEditsTable, ProjectWorthTable } from './tables/worth.ts'

/** A jsonb column: read as a value, written through `json()`. */
type Json<Value> = ColumnType<Value, RawBuilder<Value>, RawBuilder<Value>>
type Time = ColumnType<Date, Date | string, Date | string>
type OptionalTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type DefaultTime = ColumnType<Date, Date | string | undefined, Date | string>

export interface UsersTable {
  id: UserId
  name: string
  email: string
  emailVerified: boolean
  image: string | null
  createdAt: DefaultTime
  updatedAt: DefaultTime
  username: string | null
  displayUsername: string | null
  frozenAt: OptionalTime
  /** The account is gone; the row stands for what it did. */
  deletedAt: OptionalTime
  role: 'administrator' | 'user'
}

export interface ApiTokensTable {
  id: TokenId
  user_id: UserId
  name: string
  secret_hash: string
  scopes: Generated<TokenScope[]>
  created_at: DefaultTime
  expires_at: Time | null
  last_used_at: Time | null
}

export interface OrganisationsTable {
  id: OrganisationId
  name: string
  quota_storage_bytes: number | null
  quota_active_runs: number | null
  created_by: UserId | null
  created_at: DefaultTime
  updated_at: DefaultTime
}

export interface OrganisationMembersTable {
  organisation_id: OrganisationId
  user_id: UserId
  role: OrganisationRole
  /** The sign-in service whose groups gave the membership; null: a person did. */
  granted_by: ColumnType<string | null, string | null | undefined, string | null>
  created_at: DefaultTime
}

export interface OrganisationInvitationsTable {
  id: InvitationId
  organisation_id: OrganisationId
  email: string | null
  role: OrganisationRole
  secret_hash: string
  invited_by: UserId
  created_at: DefaultTime
  expires_at: Time
}

export interface ProjectsTable {
  id: ProjectId
  name: string
  task_type: ImageType
  classes: Json<string[]>
  /** Counts the changes of `classes`. */
  class_scheme: Generated<number>
  /** [scheme before `class_scheme`] its names and where they are now. */
  class_history: ColumnType<PastClasses[], RawBuilder<PastClasses[]> | undefined, RawBuilder<PastClasses[]>>
  class_colours: ColumnType<ClassColour[], RawBuilder<ClassColour[]> | undefined, RawBuilder<ClassColour[]>>
  /** The class scheme to which images are still being carried; null: all that matters is there. */
  class_pending: ColumnType<number | null, number | null | undefined, number | null>
  algorithm: Json<Algorithm>
  /** Of the newest row of `algorithm_versions`; 0: as the project came. */
  algorithm_version: Generated<number>
  /** When its images were last put in the order of `queue_rank`, and what that was made of. */
  ranked_at: OptionalTime
  ranked_for: Generated<string | null>
  owner_id: UserId
  /** Who owns it instead of `owner_id`, who then is only the one that made it. */
  organisation_id: OrganisationId | null
  is_default: Generated<boolean>
  deidentifies: Generated<boolean>
  review_mode: Generated<ReviewMode>
  shows_gold_score: Generated<boolean>
  duplicates: Generated<DuplicateChoice>
  serving_model_id: ModelVersionId | null
  /** Images with an annotation; kept with each submission so that no list counts rows. */
  annotation_count: Generated<number>
  /** Grows by one with each submitted annotation. */
  annotation_changes: Generated<number>
  /** What `annotation_changes` was when the last training took its data. */
  trained_changes: Generated<number>
  /** When the last training was asked for, by a person or the schedule. */
  last_training_at: Time | null
  created_at: DefaultTime
  updated_at: DefaultTime
  deleted_at: Time | null
}

export interface ImagesTable {
  id: ImageId
  project_id: ProjectId
  owner_id: UserId
  name: string
  type: string
  uri: string
  state: ImageState
  /** The state to go back to from FROZEN or DELETED. */
  state_before: ImageState | null
  annotated_at: Time | null
  annotated_by: UserId | null
  /** Of the current label. */
  review: Generated<ReviewState>
  reviewed_by: UserId | null
  /** Threads in `review_comments` that nobody resolved; kept with each change so that no list counts them. */
  open_comments: Generated<number>
  problem: Json<Problem> | null
  label_revision: Generated<number>
  /** Of the project's class schemes the one that `label_value`, `label_classes` and `guess_value` are places in. */
  class_scheme: number
  /** Class index of a classification. */
  label_value: number | null
  /** Boxes or masks of other tasks. */
  label_marks: number | null
  /** Class indices that the label uses, ascending, each once: the answer of a classification, those of all marks. */
  label_classes: Generated<number[]>
  guess_value: number | null
  guess_marks: number | null
  guess_score: number | null
  guess_model_id: ModelVersionId | null
  /** 1 − probability of the guess, 0..1; −1 without a guess or when annotated, so that those come last. */
  uncertainty: Generated<number>
  /** Larger is more worth annotating, 0..1; −1 when annotated. */
  queue_rank: Generated<number>
  width: number
  height: number
  bit_depth: number
  channels: number
  frames: Generated<number>
  spacing: Json<PixelSpacing> | null
  deidentification: Json<DeidentificationReport> | null
  byte_size: number
  content_hash: string
  group_key: string | null
  skip: Json<Skip> | null
  /** Rows of `image_editors`; kept with each change so that no list counts them. */
  editor_count: Generated<number>
  created_at: DefaultTime
  updated_at: DefaultTime
  deleted_at: Time | null
}

/** Sums of images by what happened to them; see the migration for the keys. */
export interface ImageCountsTable {
  project_id: ProjectId
  key: string
  shard: number
  value: number
}

export interface ImageEditorsTable {
  image_id: ImageId
  user_id: UserId
  project_id: ProjectId
  added_by: UserId
  created_at: DefaultTime
}

export interface SavedFiltersTable {
  id: SavedFilterId
  user_id: UserId
  project_id: ProjectId
  name: string
  query: string
  created_at: DefaultTime
}

export interface DownloadsTable {
  id: DownloadId
  user_id: UserId
  project_id: ProjectId
  image_ids: Json<ImageId[]>
  created_at: DefaultTime
}

export interface UserPreferencesTable {
  user_id: UserId
  data: Json<Preferences>
  updated_at: DefaultTime
}

export interface LabelRevisionsTable {
  image_id: ImageId
  revision: number
  data: Json<LabelData>
  /** Of the project's class schemes the one that class indices here are places in. */
  class_scheme: Generated<number>
  author: Json<LabelAuthor>
  /** How long a person worked on it, as their client counted. */
  seconds: number | null
  created_at: DefaultTime
}

export interface ReviewsTable {
  id: ReviewId
  image_id: ImageId
  revision: number
  decision: ReviewDecision
  text: string | null
  reviewer_id: UserId
  created_at: DefaultTime
}

export interface ReviewCommentsTable {
  id: CommentId
  image_id: ImageId
  parent_id: CommentId | null
  author_id: UserId
  text: string
  place: Json<CommentPlace> | null
  created_at: DefaultTime
  resolved_at: Time | null
  resolved_by: UserId | null
}

export interface StudiesTable {
  id: StudyId
  project_id: ProjectId
  name: string
  is_blind: boolean
  shows_guess: boolean
  state: Generated<Study['state']>
  created_by: UserId | null
  created_at: DefaultTime
  closed_at: Time | null
}

export interface StudyReadersTable {
  study_id: StudyId
  user_id: UserId
  finished_at: Time | null
}

export interface ReadingsTable {
  id: ReadingId
  /** Null: an answer to a gold image. */
  study_id: StudyId | null
  image_id: ImageId
  project_id: ProjectId
  reader_id: UserId
  data: Json<LabelData> | null
  /** Of the project's class schemes the one that class indices here are places in. */
  class_scheme: Generated<number>
  /** Grows with each submission. */
  revision: Generated<number>
  submitted_at: Time | null
}

export interface GoldLabelsTable {
  image_id: ImageId
  project_id: ProjectId
  data: Json<LabelData>
  /** Of the project's class schemes the one that class indices here are places in. */
  class_scheme: Generated<number>
  created_by: UserId | null
  created_at: DefaultTime
}

export interface AdjudicationsTable {
  study_id: StudyId
  image_id: ImageId
  revision: number
  note: string | null
  author_id: UserId
  created_at: DefaultTime
}

export interface ProjectReviewersTable {
  project_id: ProjectId
  user_id: UserId
  created_at: DefaultTime
}

export interface PresencesTable {
  image_id: ImageId
  user_id: UserId
  tab: string
  activity: Activity
  since: DefaultTime
  seen_at: DefaultTime
}

export interface ModelVersionsTable {
  id: ModelVersionId
  project_id: ProjectId
  run_id: RunId | null
  number: number
  state: ModelVersion['state']
  classes: Json<string[]>
  /** Of the project's class schemes the one that class indices here are places in. */
  class_scheme: Generated<number>
  metrics: Json<Metrics> | null
  lineage: Json<Lineage> | null
  imported: Json<ImportedFile> | null
  gate: ColumnType<GateDecision | null, RawBuilder<GateDecision> | null | undefined, RawBuilder<GateDecision> | null>
  uri: string
  byte_size: number
  sha256: string
  created_at: DefaultTime
}

export interface PredictionsTable {
  image_id: ImageId
  model_version_id: ModelVersionId
  data: Json<LabelData>
  /** Of the project's class schemes the one that class indices here are places in. */
  class_scheme: Generated<number>
  score: number | null
  latency_ms: number
  created_at: DefaultTime
}

export interface RunsTable {
  id: RunId
  project_id: ProjectId
  kind: 'training'
  trigger: Run['trigger']
  scope: Run['scope']
  state: RunState
  budget_minutes: number
  progress: Json<RunProgress>
  curve: ColumnType<CurvePoint[], RawBuilder<CurvePoint[]> | undefined, RawBuilder<CurvePoint[]>>
  metrics: Json<Metrics> | null
  error: Json<Problem> | null
  model_version_id: ModelVersionId | null
  image_count: number | null
  data_set_hash: string | null
  cancel_requested: Generated<boolean>
  /** The process that works on it, which says so again before `held_until`. */
  holder: Generated<string | null>
  held_until: OptionalTime
  /** How often a process took it up. */
  attempts: Generated<number>
  /** A run that waits for a time of day. */
  not_before: OptionalTime
  without: ColumnType<Without | null, RawBuilder<Without> | null | undefined, RawBuilder<Without> | null>
  /** Whether this program trains, or a worker that comes for it. */
  place: Generated<'here' | 'elsewhere'>
  created_by: UserId | null
  created_at: DefaultTime
  started_at: Time | null
  finished_at: Time | null
}

export interface ClassEditsTable {
  id: ClassEditId
  project_id: ProjectId
  author_id: UserId | null
  scheme: number
  before: Json<string[]>
  colours_before: Json<ClassColour[]>
  history_before: Json<PastClasses[]>
  after: Json<EditedClass[]>
  undoes: ClassEditId | null
  state: ClassEdit['state']
  total: Generated<number>
  done: Generated<number>
  changed: Generated<number>
  problem: Json<Problem> | null
  created_at: DefaultTime
  finished_at: OptionalTime
}

/** What an edit changed, and what the image was before: `revision` is the one the edit wrote. */
export interface ClassEditImagesTable {
  edit_id: ClassEditId
  image_id: ImageId
  revision: number
  annotated_at: Time | null
  annotated_by: UserId | null
  review: ReviewState
  reviewed_by: UserId | null
}

export interface ImageFeaturesTable {
  image_id: ImageId
  features: Json<number[]>
}

export interface HeldOutGroupsTable {
  project_id: ProjectId
  /** Patient or slide; of images without either the hash of the content. */
  group_key: string
  is_held_out: boolean
  decided_at: DefaultTime
}

export interface ModelLabelsTable {
  model_version_id: ModelVersionId
  learned: Json<LineageLabel[]>
  held_out: Json<LineageLabel[]>
}

export interface ComparisonsTable {
  id: ComparisonId
  project_id: ProjectId
  first_id: ModelVersionId
  second_id: ModelVersionId
  state: Comparison['state']
  result: Json<ComparisonResult> | null
  error: Json<Problem> | null
  created_at: DefaultTime
}

export interface ServingsTable {
  project_id: ProjectId
  /** Counts the changes of a project from 1. */
  place: number
  model_version_id: ModelVersionId
  number: number
  reason: Serving['reason']
  by_id: UserId | null
  since: DefaultTime
}

export interface AlgorithmVersionsTable {
  project_id: ProjectId
  version: number
  algorithm: Json<Algorithm>
  changes: Json<SettingChange[]>
  author_id: UserId | null
  restored_from: number | null
  created_at: DefaultTime
}

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

export interface ImportsTable {
  id: ImportId
  project_id: ProjectId
  created_by: UserId
  kind: ImportKind
  source: string
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

export interface RemoteServersTable {
  project_id: ProjectId
  settings: Json<RemoteSettings>
  /** Grows with each change: what was asked under another one is void. */
  version: number
  /** Newest first. */
  sealed_secrets: ColumnType<SealedSecret[], RawBuilder<SealedSecret[]> | undefined, RawBuilder<SealedSecret[]>>
  sealed_bearer: string | null
  updated_at: DefaultTime
}

export interface SealedSecret {
  sealed: string
  hint: string
  createdAt: string
  /** Null: the newest, which is used until there is another. */
  expiresAt: string | null
}

export interface WorkerTokensTable {
  id: WorkerTokenId
  project_id: ProjectId | null
  organisation_id: OrganisationId | null
  name: string
  secret_hash: string
  created_by: UserId | null
  created_at: DefaultTime
  expires_at: Time | null
  last_used_at: OptionalTime
  last_used_by: Generated<string | null>
}

export interface RemoteJobsTable {
  id: RemoteJobId
  project_id: ProjectId
  kind: 'prelabel' | 'training'
  image_id: ImageId | null
  run_id: RunId | null
  server_version: number
  /** Which model a worker of our own was given. */
  model_version_id: Generated<ModelVersionId | null>
  state: RemoteJobState
  reason: Generated<string | null>
  /** How often it was handed out. */
  attempts: Generated<number>
  lease_id: Generated<string | null>
  worker_token_id: Generated<WorkerTokenId | null>
  lease_until: OptionalTime
  expires_at: Time | null
  /** Of a training. */
  progress: ColumnType<
    WorkerProgress | null,
    RawBuilder<WorkerProgress> | null | undefined,
    RawBuilder<WorkerProgress> | null
  >
  /** Of a training: what the worker said of the model it brought. */
  result: ColumnType<
    WorkerOutcome | null,
    RawBuilder<WorkerOutcome> | null | undefined,
    RawBuilder<WorkerOutcome> | null
  >
  /** Of a failed training: an error code. */
  code: Generated<string | null>
  created_at: DefaultTime
  finished_at: OptionalTime
}

export interface LabelStudioLinksTable {
  project_id: ProjectId
  user_id: UserId
  hostname: string
  sealed_token: string | null
  updated_at: DefaultTime
}

export interface RemoteDeliveriesTable {
  id: string
  project_id: ProjectId
  job_id: RemoteJobId | null
  image_id: ImageId | null
  direction: RemoteDelivery['direction']
  /** `webhook-id`: what was said under it once, was said. */
  message_id: string | null
  body_hash: string | null
  status: number | null
  outcome: RemoteDelivery['outcome']
  reason: string | null
  milliseconds: number | null
  at: DefaultTime
}

export interface AuthSessionsTable {
  id: SessionId
  userId: UserId
  expiresAt: Time
  createdAt: DefaultTime
  ipAddress: string | null
  userAgent: string | null
}

export interface AuthAccountsTable {
  id: string
  accountId: string
  providerId: string
  userId: UserId
  password: string | null
  createdAt: DefaultTime
  updatedAt: Time
}

export interface ProviderSignInsTable {
  state_hash: string
  provider: string
  browser_hash: string
  sealed: string
  user_id: UserId | null
  return_to: string
  expires_at: Time
}

export interface AttemptsTable {
  key: string
  count: number
  ends_at: Time
}

export interface MailsTable {
  id: MailId
  recipient: string
  subject: string
  text: string
  /** Why it was not sent. */
  problem: string | null
  created_at: DefaultTime
}

export interface MailedSecretsTable {
  secret_hash: string
  user_id: UserId
  purpose: 'password' | 'email'
  email: string
  expires_at: Time
}

export interface SecondFactorsTable {
  user_id: UserId
  sealed_secret: string
  confirmed_at: Time | null
  last_step: Generated<number>
  recovery_hashes: ColumnType<string[], RawBuilder<string[]> | undefined, RawBuilder<string[]>>
}

export interface AuditEventsTable {
  seq: number
  at: Time
  actor_id: UserId | null
  actor_by: string
  via: string | null
  reason: string | null
  action: 'create' | 'change' | 'delete'
  subject: string
  subject_id: string
  project_id: ProjectId | null
  organisation_id: OrganisationId | null
  before: ColumnType<Record<string, unknown> | null, never, never>
  after: ColumnType<Record<string, unknown> | null, never, never>
  hash: ColumnType<Uint8Array, never, never>
}

export interface Tables extends ArticleTables, MessageTables {
  users: UsersTable
  installation: { name: string; value: string }
  api_tokens: ApiTokensTable
  organisations: OrganisationsTable
  organisation_members: OrganisationMembersTable
  organisation_invitations: OrganisationInvitationsTable
  auth_sessions: AuthSessionsTable
  auth_accounts: AuthAccountsTable
  provider_sign_ins: ProviderSignInsTable
  attempts: AttemptsTable
  processes: ProcessesTable
  leases: LeasesTable
  change_notes: ChangeNotesTable
  mails: MailsTable
  mailed_secrets: MailedSecretsTable
  second_factors: SecondFactorsTable
  audit_events: AuditEventsTable
  announcements: AnnouncementsTable
  own_archives: OwnArchivesTable
  label_studio_links: LabelStudioLinksTable
  remote_servers: RemoteServersTable
  remote_jobs: RemoteJobsTable
  remote_deliveries: RemoteDeliveriesTable
  worker_tokens: WorkerTokensTable
  projects: ProjectsTable
  images: ImagesTable
  image_counts: ImageCountsTable
  image_editors: ImageEditorsTable
  downloads: DownloadsTable
  saved_filters: SavedFiltersTable
  label_revisions: LabelRevisionsTable
  user_preferences: UserPreferencesTable
  reviews: ReviewsTable
  review_comments: ReviewCommentsTable
  project_reviewers: ProjectReviewersTable
  studies: StudiesTable
  study_readers: StudyReadersTable
  readings: ReadingsTable
  gold_labels: GoldLabelsTable
  adjudications: AdjudicationsTable
  /** A view: single images that a person may see and label. */
  shared_images: Pick<ImageEditorsTable, 'image_id' | 'user_id' | 'project_id'>
  presences: PresencesTable
  imports: ImportsTable
  import_items: ImportItemsTable
  model_versions: ModelVersionsTable
  predictions: PredictionsTable
  runs: RunsTable
  algorithm_versions: AlgorithmVersionsTable
  class_edits: ClassEditsTable
  class_edit_images: ClassEditImagesTable
  exports: ExportsTable
  annotation_imports: AnnotationImportsTable
  held_out_groups: HeldOutGroupsTable
  image_features: ImageFeaturesTable
  guess_edits: GuessEditsTable
  project_worth: ProjectWorthTable
  model_labels: ModelLabelsTable
  comparisons: ComparisonsTable
  servings: ServingsTable
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
