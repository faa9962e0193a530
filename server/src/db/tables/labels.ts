import type {
  CommentId,
  CommentPlace,
  ImageId,
  LabelAuthor,
  LabelData,
  ProjectId,
  ReadingId,
  ReviewDecision,
  ReviewId,
  Study,
  StudyId,
  UserId,
} from '@vesalius/contracts'
import type { Generated } from 'kysely'
import type { DefaultTime, Json, Time } from './columns.ts'

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

export interface ProjectReviewersTable {
  project_id: ProjectId
  user_id: UserId
  created_at: DefaultTime
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

export interface LabelTables {
  label_revisions: LabelRevisionsTable
  reviews: ReviewsTable
  review_comments: ReviewCommentsTable
  project_reviewers: ProjectReviewersTable
  studies: StudiesTable
  study_readers: StudyReadersTable
  readings: ReadingsTable
  gold_labels: GoldLabelsTable
  adjudications: AdjudicationsTable
}
