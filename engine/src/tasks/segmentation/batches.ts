import { createRandom, type Random } from '../../data/random.ts'
import type { BatchSource, StepBatch } from '../../train/batch-source.ts'
import { drawCrop, drawTransform, type ShapePolicy, type TaughtPicture } from './draw-crop.ts'
import { disguise, drawTones, type Levels, type TonePolicy } from './tone.ts'

/** Pieces of pictures to learn from. */
export interface PieceSet {
  count: number
  channels: number
  maps: number
  /** Pixels and targets; valid until the next read. */
  read(position: number): TaughtPicture & { levels: Levels }
  /** [piece]: how often it is drawn, in any unit. */
  weights: readonly number[]
  /** [class]: places of its regions, all pieces together; then those where instances touch. */
  regions: readonly RegionPlace[][]
}

/** A pixel of a region, in its piece. */
export interface RegionPlace {
  piece: number
  x: number
  y: number
}

export interface CropDraw {
  pieces: PieceSet
  shape: ShapePolicy
  tone: TonePolicy
  side: number
  /** Pixels, across and down, for each place of the targets. */
  stride: number
  batchSize: number
  /** Of the crops that hold a region of a class drawn by chance, so that rare ones are seen. */
  aimedShare: number
  seed: number
}

interface Batch extends StepBatch {
  inputs: Record<'image' | 'target', Float32Array>
}

const CROP_STREAM = 0x5e9

/** Crops of pieces, half of them around a region; the same step draws the same batch. */
export function cropSource(draw: CropDraw): BatchSource<Batch> {
  const { pieces, side, stride, batchSize, seed } = draw
  const area = side * side
  const targetArea = area / stride ** 2
  const bounds = cumulate(pieces.weights)
  const aims = pieces.regions.filter((places) => places.length > 0).map((places) => byPiece(places, pieces.weights))
  return {
    allocate: () => ({
      inputs: {
        image: new Float32Array(batchSize * pieces.channels * area),
        target: new Float32Array(batchSize * pieces.maps * targetArea),
      },
      count: batchSize,
    }),
    fill(batch, { epoch, index, stepsPerEpoch }) {
      const random = createRandom(seed, epoch * stepsPerEpoch + index, CROP_STREAM)
      for (let row = 0; row < batchSize; row += 1) {
        const { position, aimed } = drawPlace(draw.aimedShare, aims, bounds, random)
        const piece = pieces.read(position)
        const centre = aimed ? aimAt(aimed, piece, side, random) : drawCentre(piece, side, random)
        drawCrop(
          { data: batch.inputs.image, offset: row * pieces.channels * area },
          { data: batch.inputs.target, offset: row * pieces.maps * targetArea },
          { side, stride },
          piece,
          drawTransform(centre, side, draw.shape, random),
          drawTones(piece.levels, draw.tone, random),
        )
        const { channels } = pieces
        disguise(batch.inputs.image, { offset: row * channels * area, area, channels }, draw.tone, random)
      }
    },
  }
}

/** Places of one class, piece by piece, and how often each piece is drawn. */
interface Aim {
  places: RegionPlace[][]
  bounds: Float64Array
}

function byPiece(places: readonly RegionPlace[], weights: readonly number[]): Aim {
  const found = new Map<number, RegionPlace[]>()
  for (const place of places) {
    const own = found.get(place.piece)
    if (own) own.push(place)
    else found.set(place.piece, [place])
  }
  return { places: [...found.values()], bounds: cumulate([...found.keys()].map((piece) => weights[piece] ?? 0)) }
}

function drawPlace(aimedShare: number, aims: readonly Aim[], bounds: Float64Array, random: Random) {
  const isAimed = random() < aimedShare
  const aim = aims[Math.floor(random() * aims.length)]
  const places = isAimed && aim ? aim.places[drawIndex(aim.bounds, random)] : undefined
  const aimed = places?.[Math.floor(random() * places.length)]
  return aimed ? { position: aimed.piece, aimed } : { position: drawIndex(bounds, random), aimed: null }
}

function drawIndex(bounds: Float64Array, random: Random): number {
  const drawn = random() * (bounds.at(-1) ?? 0)
  return Math.max(
    0,
    bounds.findIndex((bound) => drawn < bound),
  )
}

/** A centre from which the region lies anywhere in the crop. */
function aimAt(place: RegionPlace, size: { width: number; height: number }, side: number, random: Random) {
  const around = (at: number, length: number) => keepInside(at + (random() - 0.5) * 0.8 * side, length, side)
  return [around(place.x, size.width), around(place.y, size.height)] as [number, number]
}

function drawCentre({ width, height }: { width: number; height: number }, side: number, random: Random) {
  const anywhere = (length: number) => keepInside(random() * length, length, side)
  return [anywhere(width), anywhere(height)] as [number, number]
}

/** The centre nearest to `at` from which no more than an eighth of the crop lies beside the picture. */
function keepInside(at: number, length: number, side: number): number {
  const margin = (side * 3) / 8
  return length <= 2 * margin ? (length - 1) / 2 : Math.min(length - margin, Math.max(margin, at))
}

function cumulate(weights: readonly number[]): Float64Array {
  let sum = 0
  return Float64Array.from(weights, (weight) => {
    sum += weight
    return sum
  })
}
