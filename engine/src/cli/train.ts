import { copyFile, mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Backbone, headlineOf } from '@vesalius/contracts'
import type { TrainingUpdate } from '../runner/messages.ts'
import { familyOf } from '../tasks/families.ts'
import { collectItems } from './collect-items.ts'
import { imageTypeOf } from './tasks.ts'
import { UsageError } from './usage-error.ts'

export interface TrainOptions {
  task?: string
  images?: string
  masks?: string
  labels?: string
  classes?: string
  minutes: string
  /** Processor time of all cores together instead, for a machine that does other work. */
  'core-minutes'?: string | undefined
  seed: string
  backbone: string
  from?: string
  head?: boolean
  out: string
}

/**
 * Trains on a folder and writes one model file. A run that was killed goes on from `<out>.run` when called again with the
 * same options. Answers a summary. Throws UsageError, TrainingError.
 */
export async function train(options: TrainOptions, tell: (line: string) => void) {
  const imageType = imageTypeOf(options.task)
  if (!options.images) throw new UsageError('--images DIR is missing')
  const coreMinutes = options['core-minutes']
  const budgetMinutes = coreMinutes ? Number(coreMinutes) / availableParallelism() : Number(options.minutes)
  const seed = Number(options.seed)
  if (!(budgetMinutes > 0)) throw new UsageError('--minutes, or --core-minutes, is a number over 0')
  if (!Number.isInteger(seed) || seed < 0) throw new UsageError('--seed is a whole number from 0')
  const backbone = Backbone.safeParse(options.backbone)
  if (!backbone.success) throw new UsageError(`--backbone is one of ${Backbone.options.join('|')}`)
  const out = resolve(options.out)
  const directory = `${out}.run`
  await mkdir(directory, { recursive: true })

  const { classes, items, alone } = await collectItems({
    imageType,
    images: options.images,
    masks: options.masks,
    labels: options.labels,
    classes: options.classes?.split(','),
    scratch: join(directory, 'labels'),
  })
  tell(
    `${items.length} images${alone.length > 0 ? `, ${alone.length} without an annotation` : ''}; ${classes.join(', ')}`,
  )
  const outcome = await familyOf(imageType).train(
    {
      taskType: imageType,
      classes,
      items,
      backbone: backbone.data,
      imageSize: null,
      seed,
      budgetMinutes,
      clock: coreMinutes ? 'processor' : 'wall',
      warmStartModel: options.from ?? null,
      scope: options.head ? 'head' : 'whole',
      directory,
    },
    (update) => tellEpoch(update, tell),
  )
  await mkdir(dirname(out), { recursive: true })
  await copyFile(outcome.modelFile, out)
  await rm(directory, { recursive: true })
  for (const { imageId, reason } of outcome.skipped) tell(`left out ${imageId}: ${reason}`)
  const { metrics, trainingImages, validationImages, epochs, seconds, byteSize, sha256 } = outcome
  const figure = metrics && headlineOf(metrics)
  const summary = { model: out, byteSize, sha256, trainingImages, validationImages, epochs, seconds }
  return { ...summary, heldOut: figure && { [figure.name]: figure.value } }
}

function tellEpoch(update: TrainingUpdate, tell: (line: string) => void): void {
  if (update.kind !== 'epoch') return
  const { epoch, seconds, trainLoss, validationLoss, validationAccuracy } = update.point
  const heldOut =
    validationLoss === null ? '' : `, held out ${validationLoss.toFixed(3)} (${(validationAccuracy ?? 0).toFixed(3)})`
  tell(`epoch ${epoch}, ${seconds.toFixed(0)} s: loss ${trainLoss.toFixed(3)}${heldOut}`)
}
