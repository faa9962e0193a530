import { z } from 'zod'

export const BACKBONES = ['compact', 'resnet18', 'resnet34', 'resnet50', 'vgg11', 'vgg16'] as const
export const Backbone = z.enum(BACKBONES).meta({ id: 'Backbone' })
export type Backbone = z.infer<typeof Backbone>

/** How a project's model learns. Every field has a default that works on a laptop. */
export const Algorithm = z
  .strictObject({
    backbone: Backbone.default('compact'),
    /** `uri` of an imported model version that trainings go on from while no model of the project serves. */
    modelUri: z.string().max(2000).nullable().default(null),
    /** Minutes between looks for new annotations to train on; null: only when asked. */
    trainingInterval: z.number().min(0.05).max(525_600).nullable().default(15),
    /** How many annotations must be new or changed before the schedule trains again. */
    minimumNewAnnotations: z.int().min(1).max(1_000_000).default(10),
    /** Upper bound of one training, in minutes. */
    budgetMinutes: z.number().min(0.05).max(1440).default(5),
    /** Side of the square a network sees, in pixels; null: chosen from the images. */
    imageSize: z.int().min(16).max(1024).multipleOf(16).nullable().default(null),
    seed: z.int().min(0).max(2_147_483_647).default(1),
    strategy: z.enum(['local', 'remote']).default('local'),
  })
  .meta({ id: 'Algorithm' })
export type Algorithm = z.infer<typeof Algorithm>
export const DEFAULT_ALGORITHM: Algorithm = Algorithm.parse({})
