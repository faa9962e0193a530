import { drawBetween, type Random } from '../../data/random.ts'
import { countLevels, levelAt } from './field-of-view.ts'
import type { SeenPicture } from './seen-picture.ts'

/** Levels 0..255 that nearly all pixels of a picture lie between, by channel. */
export interface Levels {
  low: number[]
  high: number[]
}

/** [channel][level]: what the network sees for each level of a byte. */
export type ToneTable = readonly Float32Array[]

const LOW_SHARE = 0.01
const HIGH_SHARE = 0.995
/** Levels nearer than this are noise, and are not stretched further. */
const LEAST_RANGE = 12

/**
 * The levels of one picture, so that light and stain of pictures from different instruments come to the same range.
 * A dark frame around the field of view does not count.
 */
export function measureLevels(picture: SeenPicture): Levels {
  const low: number[] = []
  const high: number[] = []
  for (const counts of countLevels(picture)) {
    const [least, most] = [levelAt(counts, LOW_SHARE), levelAt(counts, HIGH_SHARE)]
    const middle = (least + most) / 2
    const half = Math.max(LEAST_RANGE, most - least) / 2
    low.push(middle - half)
    high.push(middle + half)
  }
  return { low, high }
}

/** How far the tones of training pictures may be changed. */
export interface TonePolicy {
  /** Of the contrast, and of the brightness in units of the network's range. */
  maxIntensity: number
  /** Of each colour's own brightness. */
  maxTint: number
  /** Natural logarithm of the exponent. */
  maxGamma: number
  /** Share of the crops whose colours become one grey, and of those whose dark becomes light. */
  greyShare: number
  invertedShare: number
}

/**
 * Makes a crop look like one of another instrument, now and then: grey instead of colours, light on dark instead of dark on
 * light. `image` [channel, place], from `offset`, in tones around 0.
 */
export function disguise(
  image: Float32Array,
  { offset, area, channels }: { offset: number; area: number; channels: number },
  { greyShare, invertedShare }: TonePolicy,
  random: Random,
): void {
  const isGrey = random() < greyShare
  const isInverted = random() < invertedShare
  const end = offset + area * channels
  if (isGrey && channels > 1) {
    for (let at = offset; at < offset + area; at += 1) {
      let sum = 0
      for (let place = at; place < end; place += area) sum += image[place] as number
      for (let place = at; place < end; place += area) image[place] = sum / channels
    }
  }
  if (isInverted) for (let at = offset; at < end; at += 1) image[at] = -(image[at] as number)
}

/** The table of an unchanged picture: low levels become −1, high ones 1. */
export function plainTones({ low, high }: Levels): ToneTable {
  return low.map((least, channel) => writeTable(least, high[channel] ?? 255, { gain: 1, shift: 0, gamma: 1 }))
}

/** The table of a picture in another light: contrast, brightness, gamma, and each colour a little on its own. */
export function drawTones({ low, high }: Levels, policy: TonePolicy, random: Random): ToneTable {
  const { maxIntensity, maxTint, maxGamma } = policy
  const gain = 1 + drawBetween(random, -maxIntensity, maxIntensity)
  const brightness = drawBetween(random, -maxIntensity, maxIntensity)
  const gamma = Math.exp(drawBetween(random, -maxGamma, maxGamma))
  return low.map((least, channel) => {
    const shift = brightness + drawBetween(random, -maxTint, maxTint)
    return writeTable(least, high[channel] ?? 255, {
      gain: gain + drawBetween(random, -maxTint, maxTint),
      shift,
      gamma,
    })
  })
}

function writeTable(low: number, high: number, change: { gain: number; shift: number; gamma: number }): Float32Array {
  return Float32Array.from({ length: 256 }, (_, level) => {
    const share = (level - low) / Math.max(1, high - low)
    const bent = share > 0 && share < 1 ? share ** change.gamma : share
    return Math.min(4, Math.max(-4, (2 * bent - 1) * change.gain + change.shift))
  })
}
