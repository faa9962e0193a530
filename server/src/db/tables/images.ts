import type {
  Activity,
  DeidentificationReport,
  DownloadId,
  ImageId,
  ImageState,
  ModelVersionId,
  PixelSpacing,
  Problem,
  ProjectId,
  ReviewState,
  Skip,
  UserId,
} from '@vesalius/contracts'
import type { Generated } from 'kysely'
import type { DefaultTime, Json, Time } from './columns.ts'

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

export interface ImageEditorsTable {
  image_id: ImageId
  user_id: UserId
  project_id: ProjectId
  added_by: UserId
  created_at: DefaultTime
}

export interface DownloadsTable {
  id: DownloadId
  user_id: UserId
  project_id: ProjectId
  image_ids: Json<ImageId[]>
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

export interface ImageFeaturesTable {
  image_id: ImageId
  features: Json<number[]>
}

export interface ImageTables {
  images: ImagesTable
  image_editors: ImageEditorsTable
  downloads: DownloadsTable
  presences: PresencesTable
  image_features: ImageFeaturesTable
}
