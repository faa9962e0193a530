import type { EditCounts, ImageId, ModelVersionId, ProjectId, Worth } from '@vesalius/contracts'
import type { ColumnType, RawBuilder } from 'kysely'

type Json<Value> = ColumnType<Value, RawBuilder<Value>, RawBuilder<Value>>

export interface GuessEditsTable {
  image_id: ImageId
  /** Of the person's label. */
  revision: number
  project_id: ProjectId
  model_version_id: ModelVersionId
  edits: Json<EditCounts>
  /** Score of each thing the model said, and whether the person left it standing. */
  scores: Json<[score: number, right: boolean][]>
  seconds: number | null
}

export interface ProjectWorthTable {
  project_id: ProjectId
  worth: Json<Worth> | null
  /** `projects.annotation_changes` that it was measured at. */
  annotation_changes: number | null
  /** Since when it is being measured; null when it is not. */
  asked_at: Date | null
}
