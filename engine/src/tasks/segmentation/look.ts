import { decodePicture } from '../../data/decode-image.ts'
import type { OnnxSession } from '../../onnx.ts'
import { cutTile } from '../detection/tiles.ts'
import { regionLevel } from './calibrate.ts'
import { scaleToDiameter } from './choose-scale.ts'
import { findInstances } from './find-instances.ts'
import { collectMaps, type OnValue } from './infer-maps.ts'
import { boxesOf, medianDiameter } from './instance-boxes.ts'
import { directionsOf, insideOf } from './map-parts.ts'
import type { SegmenterCard } from './model-card.ts'
import { mapCount } from './network-spec.ts'
import { type SeenPicture, type Size, seenSize } from './seen-picture.ts'

/** Another look is worth its time when instances are this much larger or smaller than the network learnt them. */
const WORTH_ANOTHER = 1.07
/** Far from the right scale the network misjudges sizes too, so they are measured again where they led. */
const MOST_MEASURES = 3
/** Instances are measured in the middle of the picture, at most so many pixels a side. */
const MEASURED_SIDE = 1024
/** Pictures are not enlarged beyond so many pixels. */
const MOST_ENLARGED = 64e6

/** What the network says about an image file. */
export interface Look {
  /** The size it was seen in. */
  seen: Size
  /** [map] [height, width] uint8, 255 is 1. */
  maps: Uint8Array[]
}

/**
 * Shows an image file to the network: at the model's scale or, where it tells instances apart, at the one that brings those
 * of this picture to the size they were learnt in. `listen` hears at which size, and then each value.
 * Throws UnreadableImageError.
 */
export async function lookAt(
  session: OnnxSession,
  card: SegmenterCard,
  file: string,
  size: Size,
  listen?: (seen: Size) => OnValue,
): Promise<Look> {
  const maps = mapCount({ classCount: card.classes.length, hasInstances: card.instances !== null })
  const show = async (scale: number): Promise<SeenPicture> => {
    const seen = seenSize(size, scale)
    const { channels } = card
    return { ...seen, channels, pixels: await decodePicture(file, { ...seen, channels }) }
  }
  let scale = boundScale(card.scale, size)
  let picture = await show(scale)
  for (let measure = 0; card.instances?.diameter && measure < MOST_MEASURES; measure += 1) {
    const middle = cutMiddle(picture)
    const found = await collectMaps(session, maps, middle)
    const diameter = measureInstances(found, middle, card)
    const better = boundScale(diameter ? scaleToDiameter(diameter / scale, card.instances.diameter) : scale, size)
    if (Math.abs(Math.log(better / scale)) < Math.log(WORTH_ANOTHER)) {
      if (middle !== picture) break
      const seen = sizeOf(picture)
      tell(found, listen?.(seen))
      return { seen, maps: found }
    }
    scale = better
    picture = await show(scale)
  }
  const seen = sizeOf(picture)
  return { seen, maps: await collectMaps(session, maps, picture, listen?.(seen)) }
}

/** Of maps that are there already, as bytes tell it. */
function tell(maps: readonly Uint8Array[], onValue: OnValue | undefined): void {
  if (!onValue) return
  for (const [place, map] of maps.entries()) {
    for (const [at, byte] of map.entries()) onValue(place, at, byte / 255)
  }
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height })

function boundScale(scale: number, { width, height }: Size): number {
  return Math.min(scale, Math.max(1, Math.sqrt(MOST_ENLARGED / (width * height))))
}

function cutMiddle(picture: SeenPicture): SeenPicture {
  const { pixels, channels } = picture
  const width = Math.min(MEASURED_SIDE, picture.width)
  const height = Math.min(MEASURED_SIDE, picture.height)
  if (width === picture.width && height === picture.height) return picture
  const [left, top] = [(picture.width - width) >> 1, (picture.height - height) >> 1]
  return { width, height, channels, pixels: cutTile(pixels, picture.width, channels, { left, top, width, height }) }
}

function measureInstances(maps: readonly Uint8Array[], size: Size, { calibrations, instances }: SegmenterCard) {
  if (!instances) return null
  const inside = insideOf(maps, calibrations.map(regionLevel))
  // Seen at half their size they have a quarter of the area: what is too small to be kept still tells the scale.
  const rule = { ...instances, smallestArea: instances.smallestArea / 4 }
  const { labels } = findInstances(inside, directionsOf(maps), size, rule)
  return medianDiameter([...boxesOf(labels, size.width).values()].map(({ area }) => area))
}
