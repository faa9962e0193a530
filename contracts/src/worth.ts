import { z } from 'zod'
import { ModelVersionId } from './ids.ts'
import { Timestamp } from './time.ts'

const count = z.int().min(0)

/** What became of the marks, or the class, that a model said first. */
export const EditCounts = z
  .object({
    /** Left as the model said it. */
    kept: count,
    /** Moved, reshaped or repainted. */
    changed: count,
    /** The same mark, or the answer of an image, with another class. */
    relabelled: count,
    added: count,
    removed: count,
  })
  .meta({ id: 'EditCounts' })
export type EditCounts = z.infer<typeof EditCounts>

/** Answers whose score lies in one tenth of 0..1. */
export const CalibrationBucket = z
  .object({
    count,
    /** Mean of their scores, 0..1; null without any. */
    said: z.number().min(0).max(1).nullable(),
    /** Share that people left standing, 0..1; null without any. */
    right: z.number().min(0).max(1).nullable(),
  })
  .meta({ id: 'CalibrationBucket' })
export type CalibrationBucket = z.infer<typeof CalibrationBucket>

/** What the first guesses of one version were worth to the people who went through them. */
export const ModelWorth = z
  .object({
    modelVersionId: ModelVersionId,
    number: z.int().min(1),
    /** Images that a person answered with this version's guess in front of them. */
    images: count,
    /** Of those, how many were submitted as the model said. */
    unchanged: count,
    edits: EditCounts,
    /** Steps a person took, and would have taken from nothing, as means over the images. */
    editsPerImage: z.number().min(0),
    editsFromNothing: z.number().min(0),
    /** Median of the time a person spent on one image; null when fewer than five were timed. */
    seconds: z.number().min(0).nullable(),
    /** Ten tenths of the score, lowest first. */
    calibration: z.array(CalibrationBucket).length(10),
    /** Expected calibration error, 0..1 (Guo et al., 2017, with ten equal bins); null without scores. */
    calibrationError: z.number().min(0).max(1).nullable(),
  })
  .meta({ id: 'ModelWorth' })
export type ModelWorth = z.infer<typeof ModelWorth>

/** Whether new images look like those the serving version learned from. */
export const InputDrift = z
  .object({
    modelVersionId: ModelVersionId,
    number: z.int().min(1),
    /** Images it learned from that were looked at. */
    learned: count,
    /**
     * Latest images, in the order they came, oldest first. `unlike`: farther from the nearest learned image than 95 of
     * 100 learned ones are from theirs; about 5 in 100 are usual.
     */
    windows: z.array(z.object({ from: Timestamp, to: Timestamp, images: count, unlike: count })).max(20),
  })
  .meta({ id: 'InputDrift' })
export type InputDrift = z.infer<typeof InputDrift>

export const Worth = z
  .object({
    measuredAt: Timestamp,
    /** Images a person answered on the screen without a guess, and the median of their times. */
    byHand: z.object({ images: count, seconds: z.number().min(0).nullable() }),
    /** Newest version first. */
    models: z.array(ModelWorth).max(1000),
    /** Null where no version serves, or too few images can be compared. */
    drift: InputDrift.nullable(),
    /** Answers that are still to be compared. */
    left: count,
  })
  .meta({ id: 'Worth' })
export type Worth = z.infer<typeof Worth>
