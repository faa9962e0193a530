import type { NamedTensors } from '../../graph/named-tensors.ts'
import { meanOf, measureSegmentation, openTally, tallyMasks } from '../../metrics/segmentation.ts'
import {
  bestThreshold,
  countPixel,
  openHistogram,
  type PixelHistogram,
  pixelAuroc,
} from '../../metrics/segmentation-histogram.ts'
import {
  emptyTally,
  INSTANCE_THRESHOLDS,
  type InstanceTally,
  instancePrecision,
  tallyInstances,
} from '../../metrics/segmentation-instances.ts'
import { openOnnx } from '../../onnx.ts'
import type { Judgement } from '../../train/run-epochs.ts'
import { fitCalibration, regionLevel } from './calibrate.ts'
import { dropSmall, findInstances } from './find-instances.ts'
import { collectMaps } from './infer-maps.ts'
import { directionsOf, insideOf } from './map-parts.ts'
import type { Calibration, InstanceRule } from './model-card.ts'
import { mapCount, type SegmenterSpec } from './network-spec.ts'
import type { PaintedLabel } from './read-masks.ts'
import type { SeenPicture, Size } from './seen-picture.ts'
import { encodeSegmenter } from './segmenter-file.ts'

/** A held-out image as the network sees it. */
export interface HeldOutPicture extends Size {
  read(): { picture: SeenPicture; label: PaintedLabel }
  /** Pixels of the original for each pixel here. */
  pixelSize: number
}

/** What is tried when the rule for instances is chosen. */
const LEAST_ENDS = [2, 4, 8, 16, 32]
const USUAL_ENDS = 12
/** Of the area that most instances have. What people marked smaller than that is often a speck that nobody can tell. */
const AREA_SHARES = [0.02, 0.05, 0.1, 0.15, 0.2]
const MIDDLE = 128

type TriedRule = Pick<InstanceRule, 'leastEnds' | 'smallestArea'>

/** A held-out picture with what the network says about it. */
interface SeenMaps {
  held: HeldOutPicture
  maps: Uint8Array[]
}

/**
 * Judges parameters on held-out pictures, at least one: `score` is the mean over classes of the best Dice over all their
 * pixels; `loss` is 1 − that, or 1 − its mean with the mean precision of instances at IoU .50 … .95.
 */
export async function evaluateParameters(
  spec: SegmenterSpec,
  parameters: NamedTensors,
  heldOut: readonly HeldOutPicture[],
  smallestArea: number,
): Promise<Judgement> {
  const session = await openOnnx(encodeSegmenter(spec, parameters, null))
  try {
    const histograms = openHistograms(spec)
    const tally = emptyTally()
    for (const held of heldOut) {
      const { picture, label } = held.read()
      const maps = await collectMaps(session, mapCount(spec), picture, countInto(histograms, label.regions))
      if (!label.instances) continue
      const levels = maps.slice(0, spec.classCount).map(() => MIDDLE)
      const found = findInstances(insideOf(maps, levels), directionsOf(maps), picture, {
        leastEnds: USUAL_ENDS,
        smallestArea,
      })
      tallyInstances(tally, found.labels, label.instances)
    }
    const score = meanOf(histograms.map((histogram) => bestThreshold(histogram)?.dice ?? null)) ?? 0
    const loss = spec.hasInstances ? 1 - (score + meanPrecision(tally)) / 2 : 1 - score
    return { loss, score }
  } finally {
    await session.dispose()
  }
}

/**
 * What held-out pictures say about a trained network: how its maps become regions and instances, and what that is worth.
 * They chose the thresholds, so the figures lean a little to the good side.
 */
export async function judgeSegmenter(
  spec: SegmenterSpec,
  parameters: NamedTensors,
  heldOut: readonly HeldOutPicture[],
  { classes, smallestArea, diameter }: { classes: readonly string[]; smallestArea: number; diameter: number | null },
) {
  const session = await openOnnx(encodeSegmenter(spec, parameters, null))
  try {
    const histograms = openHistograms(spec)
    const seen: SeenMaps[] = []
    for (const held of heldOut) {
      const { picture, label } = held.read()
      const onValue = countInto(histograms, label.regions)
      seen.push({ held, maps: await collectMaps(session, mapCount(spec), picture, onValue) })
    }
    const calibrations = histograms.map(fitCalibration)
    const levels = calibrations.map(regionLevel)
    const best = spec.hasInstances ? chooseRule(seen, levels, { smallestArea, diameter }) : null
    const tally = openTally(spec.classCount)
    for (const { held, maps } of seen) {
      const { width, height, pixelSize } = held
      const predictions = levels.map((level, place) => (maps[place] ?? new Uint8Array()).map((v) => Number(v >= level)))
      tallyMasks(tally, { width, height, pixelSize, predictions, truths: held.read().label.regions })
    }
    const auroc = meanOf(histograms.map(pixelAuroc))
    return {
      calibrations,
      instances: best?.rule ?? null,
      metrics: measureSegmentation(classes, tally, { auroc, instances: best?.tally ?? null }),
    }
  } finally {
    await session.dispose()
  }
}

/** The rule of best mean precision: first how many walks make a middle, then how small an instance may be. */
function chooseRule(
  seen: readonly SeenMaps[],
  levels: readonly number[],
  { smallestArea, diameter }: { smallestArea: number; diameter: number | null },
) {
  const usualArea = (Math.PI / 4) * (diameter ?? 0) ** 2
  const areas = [smallestArea, ...AREA_SHARES.map((share) => Math.round(share * usualArea))]
  const { rule } = bestOf(LEAST_ENDS.flatMap((leastEnds) => tallyRules(seen, levels, leastEnds, [smallestArea])))
  return bestOf(
    tallyRules(
      seen,
      levels,
      rule.leastEnds,
      areas.filter((area) => area >= smallestArea),
    ),
  )
}

function bestOf<Tried extends { tally: InstanceTally }>(tried: readonly Tried[]): Tried {
  const precisions = tried.map(({ tally }) => meanPrecision(tally))
  return tried[precisions.indexOf(Math.max(...precisions))] as Tried
}

/** The rules of a network that no picture was held out for. */
export function usualRules(spec: SegmenterSpec, smallestArea: number) {
  const calibrations: Calibration[] = Array.from({ length: spec.classCount }, () => ({
    slope: 1,
    offset: 0,
    threshold: 0.5,
  }))
  return { calibrations, instances: spec.hasInstances ? { leastEnds: USUAL_ENDS, smallestArea } : null }
}

/** Counts pixels whose class is known into the histogram of each class, but for those that `field` leaves out. */
export function countInto(histograms: readonly PixelHistogram[], regions: readonly Uint8Array[], field?: Uint8Array) {
  return (map: number, at: number, value: number): void => {
    const histogram = histograms[map]
    const region = regions[map]
    if (histogram && region && field?.[at] !== 0) countPixel(histogram, value, region[at] !== 0)
  }
}

/** What each of the areas, ascending, would bring; the walks are the same for all. */
function tallyRules(
  seen: readonly SeenMaps[],
  levels: readonly number[],
  leastEnds: number,
  areas: readonly number[],
): { rule: TriedRule; tally: InstanceTally }[] {
  const tried = areas.map((smallestArea) => ({ rule: { leastEnds, smallestArea }, tally: emptyTally() }))
  for (const { held, maps } of seen) {
    const { instances } = held.read().label
    if (!instances) continue
    const inside = insideOf(maps, levels)
    const found = findInstances(inside, directionsOf(maps), held, { leastEnds, smallestArea: areas[0] ?? 1 })
    for (const { rule, tally } of tried) {
      found.count = dropSmall(found.labels, found.count, rule.smallestArea)
      tallyInstances(tally, found.labels, instances)
    }
  }
  return tried
}

const openHistograms = (spec: SegmenterSpec) => Array.from({ length: spec.classCount }, openHistogram)

function meanPrecision(tally: InstanceTally): number {
  return meanOf(INSTANCE_THRESHOLDS.map((threshold) => instancePrecision(tally, threshold))) ?? 0
}
