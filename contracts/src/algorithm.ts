import { z } from 'zod'
import { type ImageType, isClassification } from './task-type.ts'

export const BACKBONES = ['compact', 'resnet18', 'resnet34', 'resnet50', 'vgg11', 'vgg16'] as const
export const Backbone = z.enum(BACKBONES).meta({ id: 'Backbone' })
export type Backbone = z.infer<typeof Backbone>

/** How the next image to annotate is chosen; see `engine/src/select`. */
export const SELECTION_STRATEGIES = ['uncertainty', 'disagreement', 'diversity', 'mixed', 'random'] as const
export const SelectionStrategy = z.enum(SELECTION_STRATEGIES).meta({ id: 'SelectionStrategy' })
export type SelectionStrategy = z.infer<typeof SelectionStrategy>

/** A zone of the IANA data base, such as `Asia/Shanghai`. */
const TimeZone = z
  .string()
  .min(1)
  .max(60)
  .refine((name) => isTimeZone(name), 'no such time zone')

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:MM')

/** Five fields as in crontab: minute, hour, day of the month, month, day of the week. */
export const TrainingCron = z
  .strictObject({ expression: z.string().trim().min(9).max(120), timeZone: TimeZone })
  .meta({ id: 'TrainingCron' })
export type TrainingCron = z.infer<typeof TrainingCron>

/** From one time of day to another, over midnight where the second is the smaller one. */
export const QuietHours = z
  .strictObject({ from: ClockTime, to: ClockTime, timeZone: TimeZone })
  .refine(({ from, to }) => from !== to, 'quiet hours end at another time than they begin')
  .meta({ id: 'QuietHours' })
export type QuietHours = z.infer<typeof QuietHours>

/** What a candidate must show, on images kept from training, before it takes the place of the model in service. */
export const Gate = z
  .strictObject({
    /** `person`: also a better candidate waits until somebody promotes it. */
    promotes: z.enum(['automatic', 'person']).default('automatic'),
    /** Share of bootstrap resamples in which the candidate must be the better one. */
    confidence: z.number().min(0.5).max(0.999).default(0.95),
    /** By how much the figure of any class may fall. */
    classMargin: z.number().min(0).max(1).default(0.05),
    /** On fewer held-out images than this nothing is decided. */
    minimumImages: z.int().min(5).max(10_000).default(10),
  })
  .meta({ id: 'Gate' })
export type Gate = z.infer<typeof Gate>

/**
 * What a training changes when it goes on from a model: the whole network, or its last layer alone on what the frozen rest
 * says about the images, which takes seconds.
 */
export const TrainingScope = z.enum(['whole', 'head']).meta({ id: 'TrainingScope' })
export type TrainingScope = z.infer<typeof TrainingScope>

/** How a project's model learns. Every field has a default that works on a laptop. */
export const Algorithm = z
  .strictObject({
    backbone: Backbone.default('compact'),
    /**
     * What trainings start from: `uri` of an imported model version of the project, or an `http(s):` or `file:` address of
     * one to import. A classification network of another program stays frozen under a last layer of our own.
     */
    modelUri: z.string().max(2000).nullable().default(null),
    /** What a training changes unless told otherwise; `head` for classifications only. */
    trainingScope: TrainingScope.default('whole'),
    /** Minutes between looks for new annotations to train on; null: only when asked, or by `trainingCron`. */
    trainingInterval: z.number().min(0.05).max(525_600).nullable().default(15),
    /** Times to look for new annotations, instead of the interval. */
    trainingCron: TrainingCron.nullable().default(null),
    /** How many annotations must be new or changed before the schedule trains again. */
    minimumNewAnnotations: z.int().min(1).max(1_000_000).default(10),
    /** When the schedule neither starts a training nor goes on with one; what a person asked for goes on. */
    quietHours: QuietHours.nullable().default(null),
    /** Upper bound of one training, in minutes. */
    budgetMinutes: z.number().min(0.05).max(1440).default(5),
    /** Upper bound of its memory, in MiB; null: what the machine has. */
    memoryLimitMb: z.int().min(256).max(1_048_576).nullable().default(null),
    /** Side of the square a network sees, in pixels; null: chosen from the images. */
    imageSize: z.int().min(16).max(1024).multipleOf(16).nullable().default(null),
    seed: z.int().min(0).max(2_147_483_647).default(1),
    strategy: z.enum(['local', 'remote']).default('local'),
    /** Boxes and masks less probable than this are left out of first guesses; null: what the model found best. */
    guessThreshold: z.number().min(0).max(1).nullable().default(null),
    /** Of files of several frames or pages: which ones the model looks at for boxes and masks. */
    guessFrames: z.enum(['first', 'every']).default('first'),
    gate: Gate.prefault({}),
    /** What `order=next` means in lists of images. */
    queueOrder: SelectionStrategy.default('disagreement'),
  })
  .meta({ id: 'Algorithm' })
export type Algorithm = z.infer<typeof Algorithm>
export const DEFAULT_ALGORITHM: Algorithm = Algorithm.parse({})

/** How a new project learns. Which image comes next is measured for answers and for marks (docs/models.md). */
export function newAlgorithm(taskType: ImageType): Algorithm {
  return { ...DEFAULT_ALGORITHM, queueOrder: isClassification(taskType) ? 'disagreement' : 'mixed' }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
