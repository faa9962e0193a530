import { z } from 'zod'
import { TrainingScope } from './algorithm.ts'
import { Problem } from './errors.ts'
import { ImageId, ModelVersionId, ProjectId, RunId, UserId } from './ids.ts'
import { Metrics } from './metrics.ts'
import { Timestamp } from './time.ts'

export const RunState = z.enum(['pending', 'running', 'succeeded', 'failed', 'cancelled']).meta({ id: 'RunState' })
export type RunState = z.infer<typeof RunState>

export const RunProgress = z
  .object({
    phase: z.enum(['waiting', 'reading', 'training', 'evaluating', 'saving', 'done']),
    /** Share of the whole run that is done, 0..1. */
    fraction: z.number().min(0).max(1),
    epoch: z.int(),
    epochs: z.int(),
    step: z.int(),
    loss: z.number().nullable(),
    imagesPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  })
  .meta({ id: 'RunProgress' })
export type RunProgress = z.infer<typeof RunProgress>

/** One point of the learning curve, written at the end of an epoch. */
export const CurvePoint = z
  .object({
    epoch: z.int(),
    seconds: z.number(),
    trainLoss: z.number(),
    trainAccuracy: z.number().nullable(),
    validationLoss: z.number().nullable(),
    validationAccuracy: z.number().nullable(),
    learningRate: z.number(),
  })
  .meta({ id: 'CurvePoint' })
export type CurvePoint = z.infer<typeof CurvePoint>

/** What a training leaves out; it begins from nothing then, because its parent has seen them. */
export const Without = z
  .strictObject({
    userIds: z.array(UserId).max(100).default([]),
    imageIds: z.array(ImageId).max(10_000).default([]),
  })
  .meta({ id: 'Without' })
export type Without = z.infer<typeof Without>

export const Run = z
  .object({
    id: RunId,
    projectId: ProjectId,
    kind: z.literal('training'),
    trigger: z.enum(['person', 'schedule']),
    scope: TrainingScope,
    state: RunState,
    progress: RunProgress,
    curve: z.array(CurvePoint),
    metrics: Metrics.nullable(),
    error: Problem.nullable(),
    modelVersionId: ModelVersionId.nullable(),
    imageCount: z.int().nullable(),
    dataSetHash: z.string().nullable(),
    /** A scheduled run that waits for the end of quiet hours. */
    waitsUntil: Timestamp.nullable(),
    without: Without.nullable(),
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Run' })
export type Run = z.infer<typeof Run>
