import { UNET_MULTIPLE, type UnetStride } from '../../nn/unet.ts'
import type { LearningRecipe } from '../../train/learn.ts'
import type { ShapePolicy } from './draw-crop.ts'
import type { Size } from './seen-picture.ts'
import type { TonePolicy } from './tone.ts'

const REGIONS: LearningRecipe = {
  optimizer: 'adamw',
  peakRate: 2e-3,
  weightDecay: 0.02,
  warmUpShare: 0.06,
  mostShown: 200_000,
}

/** The numbers a segmenter is trained with. docs/decisions/0007 holds the measurements behind them. */
export const chooseRecipe = (hasInstances: boolean): LearningRecipe =>
  hasInstances ? { ...REGIONS, optimizer: 'muon', peakRate: 4e-3 } : REGIONS

/**
 * Cells are brought to one size before the network sees them, so nothing of them is thinner than two pixels; vessels are.
 */
export const chooseStride = (hasInstances: boolean): UnetStride => (hasInstances ? 2 : 1)

export const AIMED_SHARE = 0.5

const TONES: TonePolicy = { maxIntensity: 0.25, maxTint: 0.08, maxGamma: 0.3, greyShare: 0, invertedShare: 0 }

/** Cells come in more stains and lights than a set shows; an organ or a vessel looks as it looks. */
export function chooseTones(hasInstances: boolean): TonePolicy {
  return hasInstances ? { ...TONES, maxTint: 0.15, greyShare: 0.15, invertedShare: 0.1 } : TONES
}

/** For pictures with a way up: organs in X-rays. */
const UPRIGHT_SHAPES: ShapePolicy = {
  maxTurn: Math.PI / 15,
  upsideDown: false,
  maxScale: 0.2,
  strayShare: 0,
  strayScale: 1,
  bend: 0.01,
}

export function chooseShapes({ isUpright, hasInstances }: { isUpright: boolean; hasInstances: boolean }): ShapePolicy {
  const shapes = isUpright ? UPRIGHT_SHAPES : { ...UPRIGHT_SHAPES, maxTurn: Math.PI, upsideDown: true }
  return hasInstances ? { ...shapes, maxScale: 0.3, strayShare: 0.2, strayScale: 2 } : shapes
}

const LARGEST_SIDE = 256
const SMALLEST_SIDE = 64

/** Side of the training crops: what most pictures need, between 64 and 256, a multiple of 32; or what is wished for. */
export function chooseCropSide(sizes: readonly Size[], wished: number | null): number {
  const longSides = sizes.map(({ width, height }) => Math.max(width, height)).sort((a, b) => a - b)
  const median = longSides[Math.floor(longSides.length / 2)] ?? SMALLEST_SIDE
  const side = wished ?? Math.min(LARGEST_SIDE, Math.max(SMALLEST_SIDE, median))
  return Math.ceil(side / UNET_MULTIPLE) * UNET_MULTIPLE
}

/**
 * Pixels of one batch, whatever its crops' side. Cells come from instruments and stains that differ more than the crops of
 * a small batch can stand for: its statistics would be those of one of them.
 */
const BATCH_PIXELS = { regions: 2 * 256 ** 2, instances: 8 * 256 ** 2 }

export function chooseBatchSize(side: number, hasInstances: boolean): number {
  const pixels = hasInstances ? BATCH_PIXELS.instances : BATCH_PIXELS.regions
  return Math.min(16, Math.max(2, Math.round(pixels / side ** 2)))
}

/** Crops that make one epoch: as many as cover the pictures, and enough that judging takes less time than learning. */
export function cropsPerEpoch(sizes: readonly Size[], side: number): number {
  const pixels = sizes.reduce((sum, { width, height }) => sum + width * height, 0)
  return Math.min(1000, Math.max(200, Math.round(pixels / side ** 2)))
}
