import { z } from 'zod'
import { Backbone } from './algorithm.ts'
import { ModelVersionId, ProjectId, RunId } from './ids.ts'
import { Metrics } from './metrics.ts'
import { Timestamp } from './time.ts'

/** Where a model version came from: enough to make it again. */
export const Lineage = z
  .object({
    backbone: Backbone,
    imageSize: z.int(),
    seed: z.int(),
    codeVersion: z.string(),
    dataSetHash: z.string(),
    trainingImages: z.int(),
    validationImages: z.int(),
    epochs: z.int(),
    seconds: z.number(),
    parentId: ModelVersionId.nullable(),
  })
  .meta({ id: 'Lineage' })
export type Lineage = z.infer<typeof Lineage>

/** Immutable weights with preprocessing and class names: one plain `.onnx` file. */
export const ModelVersion = z
  .object({
    id: ModelVersionId,
    projectId: ProjectId,
    runId: RunId,
    number: z.int(),
    state: z.enum(['candidate', 'serving', 'retired']),
    classes: z.array(z.string()),
    metrics: Metrics.nullable(),
    lineage: Lineage,
    byteSize: z.int(),
    sha256: z.string(),
    createdAt: Timestamp,
  })
  .meta({ id: 'ModelVersion' })
export type ModelVersion = z.infer<typeof ModelVersion>
