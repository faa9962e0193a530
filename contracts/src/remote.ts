import { z } from 'zod'
import { Backbone, TrainingScope } from './algorithm.ts'
import { BoundingBox, CompressedRle, MaskSize } from './geometry.ts'
import { ImageId, OrganisationId, ProjectId, RemoteJobId, RunId, UserId, WorkerTokenId } from './ids.ts'
import { ClassName } from './label.ts'
import { Metrics } from './metrics.ts'
import { CurvePoint, RunProgress } from './run.ts'
import { ImageType } from './task-type.ts'
import { Timestamp } from './time.ts'

/** What a project's images are asked of, where its strategy is `remote`. The protocols stand in `docs/remote.md`. */

/**
 * `push`: we send each image, the server answers later on our call-back API; `pull`: a program of somebody's own polls
 * for images with a token; `worker`: our own engine elsewhere, which trains too; the others are asked and answer at once.
 */
export const REMOTE_KINDS = ['worker', 'push', 'pull', 'open-inference', 'label-studio', 'monai'] as const
export const RemoteKind = z.enum(REMOTE_KINDS).meta({ id: 'RemoteKind' })
export type RemoteKind = z.infer<typeof RemoteKind>

/** Whether it is called and answers in the same call. */
export const answersAtOnce = (kind: RemoteKind): boolean =>
  kind === 'open-inference' || kind === 'label-studio' || kind === 'monai'
/** Whether it is called at an address. */
export const hasAddress = (kind: RemoteKind): boolean => kind === 'push' || answersAtOnce(kind)
/** Whether programs come for work with a token. */
export const isPolled = (kind: RemoteKind): boolean => kind === 'worker' || kind === 'pull'

export const RemoteSettings = z
  .strictObject({
    kind: RemoteKind,
    /** Of the server, http or https; null for those that come for work. */
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null),
    /** Name of the model there, where the server holds several. */
    model: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^\w[\w.@:+-]*(\/\w[\w.@:+-]*)*$/, 'a name of letters, digits and . _ - @ : + /')
      .nullable()
      .default(null),
    /** Of `push`: whether the image goes along in the message or is fetched by a short-lived address. */
    sends: z.enum(['address', 'bytes']).default('address'),
    /** The file as it was uploaded, or its frame as an 8-bit PNG. */
    picture: z.enum(['original', 'png']).default('png'),
    /** How long an image waits for an answer, before it counts as failed. */
    answerWithinMinutes: z.int().min(1).max(10_080).default(30),
    /** Whether the project's own model answers when the server does not. */
    fallsBack: z.boolean().default(true),
    /** How numbers go to and come from a server of the Open Inference Protocol whose tensors are no encoded pictures. */
    tensors: z
      .strictObject({
        /** `raw`: 0..255; `unit`: 0..1; `imagenet`: less mean, by deviation of that set. */
        scale: z.enum(['raw', 'unit', 'imagenet']).default('unit'),
        boxes: z.enum(['xywh', 'xyxy']).default('xyxy'),
        /** What boxes count: pixels of the image, of the tensor that was sent, or shares of it. */
        boxUnit: z.enum(['image', 'tensor', 'share']).default('tensor'),
        /** Marks less probable are left out. */
        threshold: z.number().min(0).max(1).default(0.5),
      })
      .prefault({}),
  })
  .meta({ id: 'RemoteSettings' })
export type RemoteSettings = z.infer<typeof RemoteSettings>

export const RemoteServer = z
  .object({
    projectId: ProjectId,
    settings: RemoteSettings,
    /** Secrets that are valid now, newest first; each was shown once. */
    secrets: z.array(z.object({ hint: z.string(), createdAt: Timestamp, expiresAt: Timestamp.nullable() })),
    /** Whether a token for the server is kept, which goes along as `Authorization: Bearer`. */
    hasBearer: z.boolean(),
    updatedAt: Timestamp,
  })
  .meta({ id: 'RemoteServer' })
export type RemoteServer = z.infer<typeof RemoteServer>

const unit = z.number().min(0).max(1)
const frame = z.int().min(0).max(99_999).optional()
/** By place, from 0, or by name. */
const ClassReference = z.union([z.int().min(0).max(999), ClassName])

const Box = z.strictObject({ box: BoundingBox, class: ClassReference, score: unit.default(1) })

/** What a model says about an image, or about one frame of it. Coordinates are pixels of the original image. */
export const RemotePrediction = z
  .union([
    z.strictObject({ frame, probabilities: z.array(unit).min(1).max(1000) }),
    z.strictObject({
      frame,
      boxes: z.array(Box).max(10_000),
      /** Ones too doubtful to be shown; how sure the model is of the image counts them. */
      doubtful: z.array(Box).max(10_000).optional(),
    }),
    z.strictObject({
      frame,
      size: MaskSize,
      masks: z.array(z.strictObject({ class: ClassReference, rle: CompressedRle, score: unit.default(1) })).max(10_000),
    }),
  ])
  .meta({ id: 'RemotePrediction' })
export type RemotePrediction = z.infer<typeof RemotePrediction>

const ModelName = z.strictObject({ name: z.string().min(1).max(120), version: z.string().min(1).max(120).optional() })

export const RemoteAnswer = z
  .strictObject({
    predictions: z.array(RemotePrediction).min(1).max(500),
    /** Which model it was, as the server calls it; guesses of different ones are kept apart. */
    model: ModelName.optional(),
  })
  .meta({ id: 'RemoteAnswer' })
export type RemoteAnswer = z.infer<typeof RemoteAnswer>

const sentAt = z.iso.datetime({ offset: true }).optional()

/** What a server says on the call-back API. */
export const CallbackMessage = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('prelabel.finished'), timestamp: sentAt, data: RemoteAnswer }),
    z.strictObject({
      type: z.literal('prelabel.failed'),
      timestamp: sentAt,
      data: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    }),
  ])
  .meta({ id: 'CallbackMessage' })
export type CallbackMessage = z.infer<typeof CallbackMessage>

/** The image of a job. Its name stays here: names may tell who the patient is. */
export const RemoteImage = z
  .object({
    id: ImageId,
    width: z.int(),
    height: z.int(),
    frames: z.int(),
    mediaType: z.string(),
    /** The bytes, base64, or where they are fetched until `expiresAt`. */
    bytes: z.string().optional(),
    url: z.string().optional(),
    expiresAt: Timestamp.optional(),
  })
  .meta({ id: 'RemoteImage' })
export type RemoteImage = z.infer<typeof RemoteImage>

/** What a push sends. */
export const PushMessage = z
  .object({
    type: z.literal('prelabel.requested'),
    timestamp: Timestamp,
    data: z.object({
      jobId: RemoteJobId,
      projectId: ProjectId,
      taskType: ImageType,
      classes: z.array(z.string()),
      image: RemoteImage,
      callback: z.object({ url: z.string(), expiresAt: Timestamp }),
    }),
  })
  .meta({ id: 'PushMessage' })
export type PushMessage = z.infer<typeof PushMessage>

export const RemoteJobState = z
  .enum(['waiting', 'sent', 'leased', 'succeeded', 'failed', 'cancelled'])
  .meta({ id: 'RemoteJobState' })
export type RemoteJobState = z.infer<typeof RemoteJobState>

/** One message to or from a server, or one visit of a worker, and what became of it. */
export const RemoteDelivery = z
  .object({
    id: z.string(),
    direction: z.enum(['out', 'in']),
    jobId: RemoteJobId.nullable(),
    imageId: ImageId.nullable(),
    /** HTTP status; null where nobody answered. */
    status: z.int().nullable(),
    outcome: z.enum(['accepted', 'refused', 'failed']),
    reason: z.string().nullable(),
    milliseconds: z.int().nullable(),
    at: Timestamp,
  })
  .meta({ id: 'RemoteDelivery' })
export type RemoteDelivery = z.infer<typeof RemoteDelivery>

/** What a trial on one image came to: nothing of it is stored. */
export const RemoteTrial = z
  .object({
    imageId: ImageId,
    imageName: z.string(),
    milliseconds: z.int(),
    /** The label its answer would become; null where there is no usable one. */
    label: z.unknown().nullable(),
    score: z.number().nullable(),
    /** Why there is none. */
    problem: z.string().nullable(),
    /** The beginning of what came back, or what the server says of itself. */
    said: z.string(),
  })
  .meta({ id: 'RemoteTrial' })
export type RemoteTrial = z.infer<typeof RemoteTrial>

/** A secret by which programs come for work of a project, or of all projects of an organisation. */
export const WorkerToken = z
  .object({
    id: WorkerTokenId,
    name: z.string(),
    projectId: ProjectId.nullable(),
    organisationId: OrganisationId.nullable(),
    createdBy: UserId.nullable(),
    createdAt: Timestamp,
    expiresAt: Timestamp.nullable(),
    lastUsedAt: Timestamp.nullable(),
    /** What the program that used it last calls itself. */
    lastUsedBy: z.string().nullable(),
  })
  .meta({ id: 'WorkerToken' })
export type WorkerToken = z.infer<typeof WorkerToken>

const leased = {
  id: RemoteJobId,
  /** Names the hold on the job: goes along with everything said about it. */
  lease: z.uuid(),
  leaseUntil: Timestamp,
  projectId: ProjectId,
  taskType: ImageType,
  classes: z.array(z.string()),
}
const LeasedFile = z.object({ sha256: z.string(), byteSize: z.int() })

/** What a worker is given to do. */
export const WorkerJob = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('prelabel'),
      ...leased,
      image: z.object({
        id: ImageId,
        width: z.int(),
        height: z.int(),
        frames: z.int(),
        mediaType: z.string(),
        /** The same for the same bytes. */
        contentHash: z.string(),
      }),
      /** Which frames to look at, from 0. */
      ask: z.array(z.int()),
      /** A model of this engine to ask; null: the worker brings its own. */
      model: LeasedFile.nullable(),
    }),
    z.object({
      kind: z.literal('training'),
      ...leased,
      runId: RunId,
      backbone: Backbone,
      imageSize: z.int().nullable(),
      seed: z.int(),
      budgetMinutes: z.number(),
      memoryLimitMb: z.number().nullable(),
      scope: TrainingScope,
      /** How many annotated images there are to learn from. */
      items: z.int(),
      /** The model to go on from. */
      model: LeasedFile.nullable(),
    }),
  ])
  .meta({ id: 'WorkerJob' })
export type WorkerJob = z.infer<typeof WorkerJob>

/** One annotated image, or frame, to learn from. */
export const WorkerItem = z
  .object({
    position: z.int(),
    imageId: ImageId,
    contentHash: z.string(),
    type: z.string(),
    frame: z.int(),
    /** Images of one group never fall on both sides of a split. */
    group: z.string(),
    /** Class of a classification. */
    value: z.int().nullable(),
    /** Label data of the other task types. */
    label: z.unknown().nullable(),
  })
  .meta({ id: 'WorkerItem' })
export type WorkerItem = z.infer<typeof WorkerItem>

/** How far a training is; every point of the curve that is new. */
export const WorkerProgress = z
  .strictObject({ progress: RunProgress.nullable().default(null), points: z.array(CurvePoint).max(1000).default([]) })
  .meta({ id: 'WorkerProgress' })
export type WorkerProgress = z.infer<typeof WorkerProgress>

/** What a worker says of the model it brought. */
export const WorkerOutcome = z
  .strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    metrics: Metrics.nullable(),
    imageSize: z.int().min(1).max(100_000),
    trainingImages: z.int().min(0),
    validationImages: z.int().min(0),
    epochs: z.int().min(0),
    seconds: z.number().min(0),
    skipped: z.array(z.strictObject({ imageId: z.string().max(100), reason: z.string().max(1000) })).max(100_000),
  })
  .meta({ id: 'WorkerOutcome' })
export type WorkerOutcome = z.infer<typeof WorkerOutcome>
