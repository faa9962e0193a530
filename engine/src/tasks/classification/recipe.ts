import type { Backbone } from '@vesalius/contracts'
import type { LearningRecipe } from '../../train/learn.ts'

/** The numbers a backbone is trained with. docs/decisions/0003 holds the measurements behind them. */
export interface Recipe extends LearningRecipe {
  labelSmoothing: number
  /** Shape of the Beta distribution of mixup; 0: pictures are not mixed. */
  mixing: number
  batchSize: number
}

const COMMON = {
  optimizer: 'adamw',
  weightDecay: 0.05,
  labelSmoothing: 0.05,
  mixing: 0,
  warmUpShare: 0.06,
  mostShown: 400_000,
} as const

export const RECIPES: Record<Backbone, Recipe> = {
  compact: { ...COMMON, peakRate: 2e-3, batchSize: 32 },
  resnet18: { ...COMMON, peakRate: 1e-3, batchSize: 32 },
  resnet34: { ...COMMON, peakRate: 1e-3, batchSize: 32 },
  resnet50: { ...COMMON, peakRate: 7e-4, batchSize: 32 },
  vgg11: { ...COMMON, peakRate: 3e-4, batchSize: 32 },
  vgg16: { ...COMMON, peakRate: 3e-4, batchSize: 32 },
}

/** Small sets are shown in small batches, so that an epoch still has several different steps. */
export function fitBatchSize(batchSize: number, images: number): number {
  if (images >= 4 * batchSize) return batchSize
  return images >= 32 ? 16 : 8
}
