import type {
  Comparison,
  ComparisonId,
  ComparisonResult,
  CurvePoint,
  GateDecision,
  ImageId,
  ImportedFile,
  LabelData,
  Lineage,
  LineageLabel,
  Metrics,
  ModelVersion,
  ModelVersionId,
  Problem,
  ProjectId,
  Run,
  RunId,
  RunProgress,
  RunState,
  Serving,
  UserId,
  Without,
} from '@vesalius/contracts'
import type { ColumnType, Generated, RawBuilder } from 'kysely'
import type { DefaultTime, Json, OptionalTime, Time } from './columns.ts'

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

export interface ModelTables {
  model_versions: ModelVersionsTable
  predictions: PredictionsTable
  runs: RunsTable
  held_out_groups: HeldOutGroupsTable
  model_labels: ModelLabelsTable
  comparisons: ComparisonsTable
  servings: ServingsTable
}
