import { Backbone, CurvePoint, ImageType, Metrics, RunProgress } from '@vesalius/contracts'
import { z } from 'zod'
import { TRAINING_ERROR_CODES } from './errors.ts'

/** What crosses the pipes to and from the child processes, checked on the side that receives. */

const annotatedFile = { imageId: z.string(), file: z.string(), group: z.string() }
const TrainingItem = z.union([
  z.object({ ...annotatedFile, value: z.int().min(0) }),
  z.object({ ...annotatedFile, labelFile: z.string() }),
])

export const TrainingRequestMessage = z.object({
  taskType: ImageType,
  classes: z.array(z.string()),
  items: z.array(TrainingItem),
  backbone: Backbone,
  imageSize: z.int().min(16).max(1024).nullable(),
  seed: z.int(),
  budgetMinutes: z.number().positive(),
  memoryLimitMb: z.number().positive().nullish(),
  clock: z.enum(['wall', 'processor']).optional(),
  warmStartModel: z.string().nullable(),
  scope: z.enum(['whole', 'head']).optional(),
  directory: z.string(),
})

const TrainingOutcomeMessage = z.object({
  modelFile: z.string(),
  sha256: z.string(),
  byteSize: z.int(),
  metrics: Metrics.nullable(),
  imageSize: z.int(),
  trainingImages: z.int(),
  validationImages: z.int(),
  epochs: z.int(),
  seconds: z.number(),
  skipped: z.array(z.object({ imageId: z.string(), reason: z.string() })),
})

export const TrainingReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: RunProgress }),
  z.object({ kind: z.literal('epoch'), point: CurvePoint }),
  z.object({ kind: z.literal('done'), outcome: TrainingOutcomeMessage }),
  z.object({ kind: z.literal('failed'), code: z.enum(TRAINING_ERROR_CODES), message: z.string() }),
])
export type TrainingReply = z.infer<typeof TrainingReply>

export const PredictionCall = z.object({
  call: z.int(),
  modelFile: z.string(),
  imageFiles: z.array(z.string()).max(100_000),
})
export type PredictionCall = z.infer<typeof PredictionCall>

const marked = { class: z.int().min(0), score: z.number() }
const latencyMs = z.number()
const ScoredBox = z.object({ box: z.tuple([z.number(), z.number(), z.number(), z.number()]), ...marked })
const Answer = z.union([
  z.object({ probabilities: z.array(z.number()), latencyMs }),
  z.object({ boxes: z.array(ScoredBox), doubtful: z.array(ScoredBox), latencyMs }),
  z.object({
    size: z.tuple([z.int(), z.int()]),
    masks: z.array(z.object({ rle: z.string(), ...marked })),
    latencyMs,
  }),
  z.object({ error: z.string() }),
])

export const PredictionReply = z.discriminatedUnion('kind', [
  /** The work is known: the call may take as long as its pixels need. */
  z.object({ kind: z.literal('begun'), call: z.int(), pixels: z.number().min(0) }),
  z.object({ kind: z.literal('answers'), call: z.int(), answers: z.array(Answer) }),
  z.object({ kind: z.literal('failed'), call: z.int(), message: z.string() }),
])
export type PredictionReply = z.infer<typeof PredictionReply>
