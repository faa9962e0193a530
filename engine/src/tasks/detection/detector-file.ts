import { readFileSync } from 'node:fs'
import { multiply } from '../../graph/arithmetic.ts'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { decodeNetwork, encodeNetwork } from '../../model-file/network-file.ts'
import { DETECTOR_MULTIPLE, detector } from '../../nn/detector.ts'
import { boundedExponential } from '../../ops/box-loss.ts'
import { PredictionError } from '../../runner/errors.ts'
import { DetectorCard } from './model-card.ts'
import type { DetectorSpec } from './network-spec.ts'
import { EDGE_UNIT } from './targets.ts'

/**
 * Input `image` [N, channels, H, W] float32, normalised as the card says, H and W multiples of 32. Outputs at a quarter
 * of that: `heat` [N, classes, H/4, W/4], 0..1, and `edges` [N, 4, H/4, W/4], pixels to the left, right, top and bottom
 * edge of the box from the middle of the place.
 */
export function encodeDetector(
  { channels, classCount }: DetectorSpec,
  parameters: NamedTensors,
  card: DetectorCard | null,
): Uint8Array {
  const part = {
    image: [1, channels, DETECTOR_MULTIPLE, DETECTOR_MULTIPLE],
    free: { 0: 'N', 2: 'H', 3: 'W' },
    write: (graph, layers, image) => {
      const maps = detector(layers, image, classCount)
      return {
        heat: graph.node('Sigmoid', [maps.heat], maps.heat.shape),
        edges: multiply(graph, boundedExponential(graph, maps.edges), graph.scalar(EDGE_UNIT)),
      }
    },
  } satisfies Parameters<typeof encodeNetwork>[0]
  return encodeNetwork(part, parameters, card)
}

export function decodeDetector(bytes: Uint8Array): { parameters: NamedTensors; card: DetectorCard } | null {
  const found = decodeNetwork(bytes)
  const card = found && DetectorCard.safeParse(found.card)
  return found && card?.success ? { parameters: found.parameters, card: card.data } : null
}

export const readDetector = (file: string) => decodeDetector(readFileSync(file))

/** From which score on the boxes of a model file are answers, by class. Throws PredictionError when it is no detector. */
export function readDetectorThresholds(file: string): number[] {
  const found = readDetector(file)
  if (!found) throw new PredictionError('this file is not a detector')
  return found.card.calibrations.map(({ threshold }) => threshold)
}
