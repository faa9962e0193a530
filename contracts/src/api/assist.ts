import { z } from 'zod'
import { BoundingBox } from '../geometry.ts'
import { ImageId, ModelVersionId } from '../ids.ts'
import { DetectionLabelData, SegmentationLabelData } from '../label.ts'
import { defineRoute } from '../route.ts'

const place = z.number().min(-1e6).max(1e6)
/** Counted from 0. */
const frame = z.int().min(0).max(100_000).default(0)

/** A region to be looked at: a box, or a place whose one object is wanted. */
export const AssistQuestion = z
  .union([
    z.strictObject({ point: z.strictObject({ x: place, y: place }), frame }),
    z.strictObject({ box: BoundingBox, frame }),
  ])
  .meta({ id: 'AssistQuestion' })
export type AssistQuestion = z.infer<typeof AssistQuestion>

export const AssistAnswer = z
  .object({
    modelVersionId: ModelVersionId,
    /** Marks in pixels of the whole image, with their scores. */
    data: z.union([DetectionLabelData, SegmentationLabelData]),
    latencyMs: z.number(),
  })
  .meta({ id: 'AssistAnswer' })
export type AssistAnswer = z.infer<typeof AssistAnswer>

export const assist = defineRoute({
  method: 'POST',
  path: '/images/:imageId/assist',
  summary: "Ask the project's serving model about a region of an image. Nothing is stored.",
  tag: 'models',
  access: 'annotate',
  params: z.object({ imageId: ImageId }),
  body: AssistQuestion,
  responses: { 200: AssistAnswer },
})
