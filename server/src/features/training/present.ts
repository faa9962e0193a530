import type { ModelVersion, Run } from '@vesalius/contracts'
import type { ModelVersionRow, RunRow } from '../../db/tables.ts'
import { type Classed, mapSince } from '../classes/class-schemes.ts'

export function presentRun(row: RunRow): Run {
  return {
    id: row.id,
    projectId: row.project_id,
    kind: row.kind,
    trigger: row.trigger,
    scope: row.scope,
    state: row.state,
    progress: row.progress,
    curve: row.curve,
    metrics: row.metrics,
    error: row.error,
    modelVersionId: row.model_version_id,
    imageCount: row.image_count,
    dataSetHash: row.data_set_hash,
    waitsUntil: row.not_before?.toISOString() ?? null,
    without: row.without,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

export function presentModel(row: ModelVersionRow, project: Classed): ModelVersion {
  return {
    id: row.id,
    projectId: row.project_id,
    runId: row.run_id,
    uri: row.uri,
    number: row.number,
    state: row.state,
    classes: row.classes,
    unknownClasses: project.classes.filter((_, place) => !mapSince(project, row.class_scheme).includes(place)),
    metrics: row.metrics,
    lineage: row.lineage,
    imported: row.imported,
    gate: row.gate,
    byteSize: row.byte_size,
    sha256: row.sha256,
    createdAt: row.created_at.toISOString(),
  }
}
