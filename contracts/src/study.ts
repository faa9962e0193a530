import { z } from 'zod'
import { ImageId, ProjectId, StudyId, UserId } from './ids.ts'
import { LabelFile } from './label.ts'
import { Timestamp } from './time.ts'
import { Person } from './user.ts'

export const StudyName = z.string().trim().min(1).max(120)

/** Somebody who reads the images of a study, and how far they are. */
export const StudyReader = Person.extend({
  assigned: z.int(),
  submitted: z.int(),
  /** Their readings are final from then on. */
  finishedAt: Timestamp.nullable(),
}).meta({ id: 'StudyReader' })
export type StudyReader = z.infer<typeof StudyReader>

/** Images that several people read, each without touching what the others said. */
export const Study = z
  .object({
    id: StudyId,
    projectId: ProjectId,
    name: z.string(),
    /** Readers see neither the current label nor remarks until they have finished. */
    isBlind: z.boolean(),
    /** Whether they see what the model guesses. */
    showsGuess: z.boolean(),
    /** Once closed, nobody reads any more. */
    state: z.enum(['open', 'closed']),
    images: z.int(),
    readers: z.array(StudyReader),
    createdAt: Timestamp,
    closedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Study' })
export type Study = z.infer<typeof Study>

/** Which images of the project are read. A share is drawn by chance. */
export const StudyImages = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('share'), percent: z.number().min(1).max(100) }),
    z.strictObject({ kind: z.literal('chosen'), imageIds: z.array(ImageId).min(1).max(20_000) }),
  ])
  .meta({ id: 'StudyImages' })
export type StudyImages = z.infer<typeof StudyImages>

/** What one reader said about an image. `data` has the form of the label file's `data`. */
export const Reading = z.object({ reader: Person, data: z.unknown(), submittedAt: Timestamp }).meta({ id: 'Reading' })
export type Reading = z.infer<typeof Reading>

/** The label that was made of what the readers said. */
export const Adjudication = z
  .object({ author: Person, note: z.string().nullable(), revision: z.int(), createdAt: Timestamp })
  .meta({ id: 'Adjudication' })
export type Adjudication = z.infer<typeof Adjudication>

const figure = z.number().nullable()
/** 95 %, by resampling images; null where there are too few. */
const Interval = z.tuple([z.number(), z.number()]).nullable()
const PerClass = z.array(z.object({ class: z.int(), value: figure, images: z.int() }))

/** What agreement is measured in: chance-corrected for answers, overlap for masks, matched marks for boxes and cells. */
export const AgreementMeasure = z.enum(['kappa', 'dice', 'f1', 'tags']).meta({ id: 'AgreementMeasure' })
export type AgreementMeasure = z.infer<typeof AgreementMeasure>

export const PairAgreement = z
  .object({
    a: UserId,
    b: UserId,
    /** Images that both read. */
    images: z.int(),
    value: figure,
    interval: Interval,
    /** Share of images with the same answer; mean intersection over union of masks, or of matched marks. */
    beside: figure,
    perClass: PerClass,
    /** Of answers: `[class of a][class of b]`. */
    confusion: z.array(z.array(z.int())).nullable(),
  })
  .meta({ id: 'PairAgreement' })
export type PairAgreement = z.infer<typeof PairAgreement>

export const Agreement = z
  .object({
    measure: AgreementMeasure,
    readers: z.array(Person),
    /** Images that at least two read. */
    images: z.int(),
    pairs: z.array(PairAgreement),
    /** Fleiss' kappa over images that all read; null for marks. */
    fleiss: z.object({ value: figure, interval: Interval, images: z.int(), perClass: PerClass }).nullable(),
    /** Those that disagree most first. */
    worst: z.array(
      z.object({ imageId: ImageId, name: z.string(), score: z.number(), readers: z.int(), isAdjudicated: z.boolean() }),
    ),
  })
  .meta({ id: 'Agreement' })
export type Agreement = z.infer<typeof Agreement>

/** A reference that annotators do not see, and how many answered it. */
export const GoldImage = z
  .object({ imageId: ImageId, name: z.string(), answers: z.int(), createdAt: Timestamp })
  .meta({ id: 'GoldImage' })
export type GoldImage = z.infer<typeof GoldImage>

/** How somebody's answers compare with the references: accuracy, Dice, or F1. */
export const GoldScore = z
  .object({ person: Person, images: z.int(), value: figure, interval: Interval, perClass: PerClass })
  .meta({ id: 'GoldScore' })
export type GoldScore = z.infer<typeof GoldScore>

export const AdjudicatedLabel = z.object({ label: LabelFile, adjudication: Adjudication })
