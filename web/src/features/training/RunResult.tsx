import type { Metrics, ModelVersion } from '@vesalius/contracts'
import { ClassificationResult } from './ClassificationResult.tsx'
import { MarkResult } from './MarkResult.tsx'

/** What a model can do, measured on images it never saw. */
export function RunResult({ model, metrics }: { model: ModelVersion; metrics: Metrics }) {
  return metrics.kind === 'classification' ? (
    <ClassificationResult model={model} metrics={metrics} />
  ) : (
    <MarkResult model={model} metrics={metrics} />
  )
}
