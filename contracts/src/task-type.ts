import { z } from 'zod'

/**
 * The only list of task types. The number is the `ImageType` written in label files and requests;
 * the name is the folder name used in every workspace. A binary preset (1002) is data: a row here, no code.
 */
export const TASK_TYPES = [
  { imageType: 1000, name: 'base', family: 'base', defaultClasses: [] },
  {
    imageType: 1001,
    name: 'binary',
    family: 'classification',
    defaultClasses: ['negative', 'positive'],
  },
  {
    imageType: 1002,
    name: 'cat-disease',
    family: 'classification',
    defaultClasses: ['healthy', 'cat disease'],
  },
  {
    imageType: 1003,
    name: 'multi-class',
    family: 'classification',
    defaultClasses: ['class 1', 'class 2', 'class 3'],
  },
  { imageType: 2000, name: 'detection', family: 'detection', defaultClasses: ['object'] },
  { imageType: 2001, name: 'lesion-detection', family: 'detection', defaultClasses: ['lesion'] },
  {
    imageType: 2002,
    name: 'foreign-body-detection',
    family: 'detection',
    defaultClasses: ['foreign body'],
  },
  { imageType: 3000, name: 'segmentation', family: 'segmentation', defaultClasses: ['region'] },
  { imageType: 3001, name: 'lesion', family: 'segmentation', defaultClasses: ['lesion'] },
  { imageType: 3002, name: 'organ', family: 'segmentation', defaultClasses: ['organ'] },
  { imageType: 3003, name: 'vessel', family: 'segmentation', defaultClasses: ['vessel'] },
  { imageType: 3004, name: 'cell', family: 'segmentation', defaultClasses: ['cell'] },
] as const

export type ImageType = (typeof TASK_TYPES)[number]['imageType']
export type TaskTypeName = (typeof TASK_TYPES)[number]['name']
export type TaskFamily = (typeof TASK_TYPES)[number]['family']
export type TaskTypeEntry = (typeof TASK_TYPES)[number]

export const ImageType = z
  .literal(TASK_TYPES.map((entry) => entry.imageType))
  .meta({ id: 'ImageType', description: 'The task type, as the number written in label files.' })

export function taskTypeOf(imageType: ImageType): TaskTypeEntry {
  const entry = TASK_TYPES.find((candidate) => candidate.imageType === imageType)
  if (!entry) throw new RangeError(`unknown image type ${imageType}`)
  return entry
}

/** Binary tasks answer "how probable is the second class"; multi-class tasks answer "which of k". */
export function isBinary(imageType: ImageType): boolean {
  return imageType === 1001 || imageType === 1002
}

/** Whether models can learn images of this type. */
export function isLearnable(imageType: ImageType): boolean {
  return taskTypeOf(imageType).family !== 'base'
}

export function isClassification(imageType: ImageType): boolean {
  return taskTypeOf(imageType).family === 'classification'
}

export const TaskType = z
  .object({
    imageType: ImageType,
    name: z.string(),
    family: z.enum(['base', 'classification', 'detection', 'segmentation']),
    defaultClasses: z.array(z.string()),
  })
  .meta({ id: 'TaskType' })
export type TaskType = z.infer<typeof TaskType>
