import type {
  Algorithm,
  ClassColour,
  ClassEdit,
  ClassEditId,
  DuplicateChoice,
  EditedClass,
  ImageId,
  ImageType,
  ModelVersionId,
  OrganisationId,
  PastClasses,
  Problem,
  ProjectId,
  ReviewMode,
  ReviewState,
  SavedFilterId,
  SettingChange,
  UserId,
} from '@vesalius/contracts'
import type { ColumnType, Generated, RawBuilder } from 'kysely'
import type { DefaultTime, Json, OptionalTime, Time } from './columns.ts'

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

/** Sums of images by what happened to them; see the migration for the keys. */
export interface ImageCountsTable {
  project_id: ProjectId
  key: string
  shard: number
  value: number
}

export interface SavedFiltersTable {
  id: SavedFilterId
  user_id: UserId
  project_id: ProjectId
  name: string
  query: string
  created_at: DefaultTime
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

export interface ProjectTables {
  projects: ProjectsTable
  image_counts: ImageCountsTable
  saved_filters: SavedFiltersTable
  algorithm_versions: AlgorithmVersionsTable
  class_edits: ClassEditsTable
  class_edit_images: ClassEditImagesTable
}
