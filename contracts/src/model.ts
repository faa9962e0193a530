import { z } from 'zod'
import { Backbone, TrainingScope } from './algorithm.ts'
import { GateDecision } from './gate.ts'
import { ModelVersionId, ProjectId, RunId } from './ids.ts'
import { Metrics } from './metrics.ts'
import { Without } from './run.ts'
import { Timestamp } from './time.ts'

/** Where a model version came from: enough to make it again. */
export const Lineage = z
  .object({
    /** `imported`: the frozen network of another program, see `base`. */
    backbone: z.union([Backbone, z.literal('imported')]),
    /** `uri` of the imported model version whose network it rests on. */
    base: z.string().nullable().default(null),
    scope: TrainingScope.default('whole'),
    imageSize: z.int(),
    seed: z.int(),
    codeVersion: z.string(),
    dataSetHash: z.string(),
    trainingImages: z.int(),
    validationImages: z.int(),
    epochs: z.int(),
    seconds: z.number(),
    parentId: ModelVersionId.nullable(),
    /** Images kept from the training to measure on, besides those the training itself put aside. */
    heldOutImages: z.int().optional(),
    /** Whose annotations, and which images, it was told to leave out. */
    without: Without.nullish(),
  })
  .meta({ id: 'Lineage' })
export type Lineage = z.infer<typeof Lineage>

/** What a model file that a person brought along can do here. */
export const ImportedFile = z
  .object({
    fileName: z.string(),
    /** Whether it answers for the project's classes as it is. */
    canPredict: z.boolean(),
    /** Whether trainings can go on from it: name its `uri` as the algorithm's `modelUri`. */
    canLearn: z.boolean(),
    /** What a classification project must be set to for that; null: the network is of another program, and stays frozen. */
    backbone: Backbone.nullable(),
  })
  .meta({ id: 'ImportedFile' })
export type ImportedFile = z.infer<typeof ImportedFile>

/** Immutable weights with preprocessing and class names: one plain `.onnx` file. */
export const ModelVersion = z
  .object({
    id: ModelVersionId,
    projectId: ProjectId,
    /** Null: imported. */
    runId: RunId.nullable(),
    uri: z.string(),
    number: z.int(),
    state: z.enum(['candidate', 'serving', 'retired']),
    /** As they were called when it learned them. */
    classes: z.array(z.string()),
    /** Classes the project has by now that it cannot say. */
    unknownClasses: z.array(z.string()),
    metrics: Metrics.nullable(),
    /** Null: imported. */
    lineage: Lineage.nullable(),
    imported: ImportedFile.nullable(),
    /** Null: imported, or older than the gate. */
    gate: GateDecision.nullable(),
    byteSize: z.int(),
    sha256: z.string(),
    createdAt: Timestamp,
  })
  .meta({ id: 'ModelVersion' })
export type ModelVersion = z.infer<typeof ModelVersion>
