import { z } from 'zod'
import { BoundingBox, CompressedRle, MaskSize } from './geometry.ts'
import { ImageId, ModelVersionId, ProjectId, UserId } from './ids.ts'
import { ImageState } from './image-state.ts'
import { Measures } from './measures.ts'
import { ImageType } from './task-type.ts'
import { Timestamp } from './time.ts'

/**
 * The label file: what an image's label is, whoever or whatever wrote it. It depends on the image and its task
 * type only, never on the algorithm. Written as `<image id>.label` beside the image.
 */

export const ClassName = z.string().trim().min(1).max(120)
export const ClassNames = z
  .array(ClassName)
  .max(1000)
  .refine((names) => new Set(names).size === names.length, 'class names must differ from each other')
  .meta({ id: 'ClassNames' })

const unit = z.number().min(0).max(1)
const score = unit.optional()
/** Kept with the label, whatever its kind; absent: nothing was measured. */
const measures = Measures.optional()
const markId = z.string().min(1).max(64)
/** Of a picture of several frames or pages: which one a mark lies on, from 0. Absent means 0. */
const frame = z.int().min(0).max(99_999).optional()

/** Task type 1000: nothing to answer, free tags allowed. */
export const BaseLabelData = z
  .strictObject({ tags: z.array(z.string().trim().min(1).max(120)).max(1000).optional(), measures })
  .meta({ id: 'BaseLabelData' })

/** First writing of a binary label: `value` is the probability of class "1"; null before anyone or any model answered. */
export const ProbabilityLabelData = z
  .strictObject({ key: z.strictObject({ '0': ClassName, '1': ClassName }), value: unit.nullable(), measures })
  .meta({ id: 'ProbabilityLabelData' })

/** Second writing: `value` is an index from 0 into `key`; weights are in [0,1] and need not sum to 1. */
export const WeightedLabelData = z
  .strictObject({
    key: ClassNames.refine((names) => names.length >= 2, 'at least two classes'),
    weight: z.array(unit).max(1000),
    value: z.int().min(0).nullable(),
    measures,
  })
  .refine((data) => data.weight.length === data.key.length, { message: 'one weight per class', path: ['weight'] })
  .refine((data) => data.value === null || data.value < data.key.length, {
    message: 'value must be an index into key',
    path: ['value'],
  })
  .meta({ id: 'WeightedLabelData' })

const classesOf = (data: { key: string[] }, marks: { class: number }[]) =>
  marks.every((mark) => mark.class < data.key.length)
const distinctIds = (marks: { id: string }[]) => new Set(marks.map((mark) => mark.id)).size === marks.length

export const DetectionLabelData = z
  .strictObject({
    key: ClassNames.refine((names) => names.length >= 1, 'at least one class'),
    boxes: z.array(z.strictObject({ id: markId, box: BoundingBox, class: z.int().min(0), score, frame })).max(100_000),
    measures,
  })
  .refine((data) => classesOf(data, data.boxes), { message: 'class must be an index into key', path: ['boxes'] })
  .refine((data) => distinctIds(data.boxes), { message: 'ids must differ', path: ['boxes'] })
  .meta({ id: 'DetectionLabelData' })

export const SegmentationLabelData = z
  .strictObject({
    key: ClassNames.refine((names) => names.length >= 1, 'at least one class'),
    size: MaskSize,
    masks: z
      .array(z.strictObject({ id: markId, class: z.int().min(0), rle: CompressedRle, score, frame }))
      .max(100_000),
    measures,
  })
  .refine((data) => classesOf(data, data.masks), { message: 'class must be an index into key', path: ['masks'] })
  .refine((data) => distinctIds(data.masks), { message: 'ids must differ', path: ['masks'] })
  .meta({ id: 'SegmentationLabelData' })

export type BaseLabelData = z.infer<typeof BaseLabelData>
export type ProbabilityLabelData = z.infer<typeof ProbabilityLabelData>
export type WeightedLabelData = z.infer<typeof WeightedLabelData>
export type DetectionLabelData = z.infer<typeof DetectionLabelData>
export type SegmentationLabelData = z.infer<typeof SegmentationLabelData>

/** Who wrote a label: nobody yet, a person, or a model version. */
export const LabelAuthor = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('person'), userId: UserId }),
    z.object({ kind: z.literal('model'), modelVersionId: ModelVersionId }),
  ])
  .meta({ id: 'LabelAuthor' })
export type LabelAuthor = z.infer<typeof LabelAuthor>

/** Carried by every label file we write, so that the folder alone is enough to rebuild the database. */
export const LabelMeta = z
  .object({
    imageId: ImageId,
    name: z.string(),
    /** Where the image's bytes are: a copy shares the file of its source. */
    uri: z.string().optional(),
    projectId: ProjectId,
    projectName: z.string(),
    taskType: ImageType,
    classes: z.array(z.string()),
    /** The class scheme of those; missing: the first. */
    classScheme: z.int().min(0).optional(),
    state: ImageState,
    revision: z.int().min(0),
    author: LabelAuthor,
    annotatedAt: Timestamp.nullable(),
    writtenAt: Timestamp,
    /** What a second look came to; absent: nobody looked. */
    review: z.enum(['accepted', 'rejected']).optional(),
    note: z.string().optional(),
  })
  .meta({ id: 'LabelMeta' })
export type LabelMeta = z.infer<typeof LabelMeta>

const meta = LabelMeta.optional()
const file = <Type extends number, Data extends z.ZodType>(type: Type, data: Data) =>
  z.object({ type: z.literal(type), data, meta })
const binaryData = z.union([ProbabilityLabelData, WeightedLabelData.refine((data) => data.key.length === 2)])

export const LabelFile = z
  .discriminatedUnion('type', [
    file(1000, BaseLabelData),
    file(1001, binaryData),
    file(1002, binaryData),
    file(1003, WeightedLabelData),
    file(2000, DetectionLabelData),
    file(2001, DetectionLabelData),
    file(2002, DetectionLabelData),
    file(3000, SegmentationLabelData),
    file(3001, SegmentationLabelData),
    file(3002, SegmentationLabelData),
    file(3003, SegmentationLabelData),
    file(3004, SegmentationLabelData),
  ])
  .meta({ id: 'LabelFile' })
export type LabelFile = z.infer<typeof LabelFile>
export type LabelData = LabelFile['data']

/** How long a person worked on an image before they submitted its label, at most a day. */
const SecondsSpent = z.number().min(0).max(86_400)

/** What a client sends: the same file; `meta` is ours to write, so whatever is sent there is ignored. */
export const LabelInput = z
  .discriminatedUnion(
    'type',
    LabelFile.options.map((option) =>
      option.extend({ meta: z.unknown().optional(), seconds: SecondsSpent.optional() }),
    ) as never,
  )
  .meta({ id: 'LabelInput' }) as unknown as z.ZodType<{
  type: ImageType
  data: LabelData
  meta?: unknown
  seconds?: number
}>
