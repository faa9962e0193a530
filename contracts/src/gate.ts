import { z } from 'zod'
import { ComparisonId, ModelVersionId } from './ids.ts'
import { Timestamp } from './time.ts'

/** Why a new model version serves, or waits for a person. */
export const GATE_REASONS = [
  /** Nothing served before. */
  'first',
  'better',
  'notBetter',
  /** Better or not: a class fell by more than the margin. */
  'classFalls',
  'tooFewImages',
  /** On the held-out images it says no more than an answer that looks at none. */
  'noSkill',
  /** It could not tell apart what it was taught, on images the training itself put aside. */
  'learnedNothing',
  /** The training used far fewer images than it was given. */
  'imagesMissing',
  /** Better, and the settings want a person to promote it. */
  'asksPerson',
  /** Nothing could be scored. */
  'noFigure',
  /** Another model was promoted while this one was measured. */
  'servingChanged',
] as const
export const GateReason = z.enum(GATE_REASONS).meta({ id: 'GateReason' })
export type GateReason = z.infer<typeof GateReason>

/** A class before and after, 0..1: F1 of images or marks, Dice of areas. */
export const ClassChange = z.object({
  name: z.string(),
  first: z.number().nullable(),
  second: z.number().nullable(),
  /** Held-out images, marks or pixels of the class. */
  marked: z.int(),
})

/** What the gate found, on held-out images, when the version was made. */
export const GateDecision = z
  .object({
    isPromoted: z.boolean(),
    reason: GateReason,
    /** The model that served. */
    againstId: ModelVersionId.nullable(),
    images: z.int(),
    score: z.number().nullable(),
    againstScore: z.number().nullable(),
    interval: z.tuple([z.number(), z.number()]).nullable(),
    /** Share of bootstrap resamples in which this version is the better one. */
    shareBetter: z.number().nullable(),
    /** The share it needed: more, the more candidates were measured against the same model. Missing: older. */
    shareRequired: z.number().nullish(),
    classes: z.array(ClassChange),
    comparisonId: ComparisonId.nullable(),
    decidedAt: Timestamp,
  })
  .meta({ id: 'GateDecision' })
export type GateDecision = z.infer<typeof GateDecision>
