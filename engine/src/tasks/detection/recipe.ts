import type { LearningRecipe } from '../../train/learn.ts'
import type { ViewPolicy } from './batches.ts'

/** The numbers a detector is trained with. */
export interface DetectorRecipe extends LearningRecipe {
  batchSize: number
  /** Weight of the boxes' loss beside the heat's. */
  boxShare: number
  /** An epoch shows at least this many views, or judging would take longer than learning. */
  fewestShown: number
}

/** `docs/decisions` holds the measurements behind these numbers. */
export const RECIPE: DetectorRecipe = {
  optimizer: 'adamw',
  peakRate: 2e-3,
  weightDecay: 0.05,
  warmUpShare: 0.06,
  mostShown: 200_000,
  batchSize: 8,
  boxShare: 3,
  fewestShown: 384,
}

export const VIEW_POLICY: Omit<ViewPolicy, 'isUpright'> = {
  mosaicShare: 0.5,
  mostZoom: 1.4,
  maxIntensity: 0.15,
  maxTint: 0.05,
}
