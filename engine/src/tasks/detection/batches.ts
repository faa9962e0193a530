import type { Normalisation } from '../../data/augmentation.ts'
import { createRandom, drawBetween, type Random } from '../../data/random.ts'
import { DETECTOR_STRIDE } from '../../nn/detector.ts'
import type { BatchSource, StepBatch } from '../../train/batch-source.ts'
import { drawTone, drawTransform, type Picture, paintView, viewMarks } from './draw-view.ts'
import { drawPictures } from './sampler.ts'
import { type ViewMark, writeTargets } from './targets.ts'
import type { Tile } from './tiles.ts'

/** How far training views may differ from the pictures. */
export interface ViewPolicy {
  isUpright: boolean
  /** Views that put four pictures together. */
  mosaicShare: number
  /** Pictures are shown this many times as large at most, and as small as its inverse. */
  mostZoom: number
  /** Of the contrast, and of the brightness in standard deviations. */
  maxIntensity: number
  maxTint: number
}

/** Pictures and marks, by position. */
export interface PictureSet {
  count: number
  read(position: number): Picture
  marksAt(position: number): Picture['marks']
  normalisation: Normalisation
  channels: 1 | 3
  classCount: number
}

export interface Batch extends StepBatch {
  inputs: Record<'image' | 'heat' | 'edges' | 'weight', Float32Array>
}

export interface ViewDraw {
  pictures: PictureSet
  training: readonly number[]
  policy: ViewPolicy
  /** Side of a view, in pixels. */
  size: number
  batchSize: number
  seed: number
}

/** Batches of views of the training pictures; pictures with rare classes come more often. */
export function viewSource(draw: ViewDraw): BatchSource<Batch> {
  const { pictures, training, size, batchSize, seed } = draw
  const places = (size / DETECTOR_STRIDE) ** 2
  const next = drawPictures(training.map((position) => pictures.marksAt(position)))
  const position = (random: Random) => training[next(random)] ?? 0
  return {
    allocate: () => ({
      inputs: {
        image: new Float32Array(batchSize * pictures.channels * size * size),
        heat: new Float32Array(batchSize * pictures.classCount * places),
        edges: new Float32Array(batchSize * 4 * places),
        weight: new Float32Array(batchSize * places),
      },
      count: batchSize,
    }),
    fill({ inputs }, { epoch, index, stepsPerEpoch }) {
      const random = createRandom(seed, epoch * stepsPerEpoch + index, 0xde)
      const shape = { side: size / DETECTOR_STRIDE, classCount: pictures.classCount }
      let boxes = 0
      for (let row = 0; row < batchSize; row += 1) {
        boxes += writeTargets(inputs, row, shape, paintRow(inputs.image, row, draw, position, random))
      }
      const share = 1 / Math.max(1, boxes)
      inputs.weight.forEach((value, at) => {
        inputs.weight[at] = value * share
      })
    },
  }
}

/** Paints one view: one picture, or four that meet somewhere in the middle (Bochkovskiy et al., YOLOv4, 2020, mosaic). */
function paintRow(
  image: Float32Array,
  row: number,
  { pictures, policy, size }: ViewDraw,
  position: (random: Random) => number,
  random: Random,
): ViewMark[] {
  const { channels, normalisation } = pictures
  const canvas = { data: image, offset: row * channels * size * size, side: size, channels }
  const isMosaic = random() < policy.mosaicShare
  const zooming = Math.log(policy.mostZoom)
  return (isMosaic ? drawQuarters(size, random) : [{ left: 0, top: 0, width: size, height: size }]).flatMap((part) => {
    const picture = pictures.read(position(random))
    const zoom = Math.exp(drawBetween(random, -zooming, zooming))
    const transform = drawTransform(picture, part, { zoom, isUpright: policy.isUpright }, random)
    paintView(canvas, part, picture, transform, drawTone(normalisation, policy, random))
    return viewMarks(picture.marks, part, transform)
  })
}

function drawQuarters(size: number, random: Random): Tile[] {
  const x = Math.round(size * drawBetween(random, 0.3, 0.7))
  const y = Math.round(size * drawBetween(random, 0.3, 0.7))
  return [
    { left: 0, top: 0, width: x, height: y },
    { left: x, top: 0, width: size - x, height: y },
    { left: 0, top: y, width: x, height: size - y },
    { left: x, top: y, width: size - x, height: size - y },
  ]
}
