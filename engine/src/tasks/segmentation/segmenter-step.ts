import { unet } from '../../nn/unet.ts'
import { regionLoss } from '../../ops/region-loss.ts'
import type { StepDefinition } from '../../train/step-definition.ts'
import { mapCount, type SegmenterSpec } from './network-spec.ts'

/** Of the depths' and the contacts' overlap. */
const INSTANCE_SHARE = 0.5

/**
 * Data: `image` [batch, channels, side, side] in tones, `target` [batch, maps, side, side] 0..1. Loss: cross entropy of
 * all maps and their Dice; the classes' together count once, those of depths and of contacts half as much.
 */
export function segmenterStep(spec: SegmenterSpec, batchSize: number, side: number): StepDefinition {
  const maps = mapCount(spec)
  const shares = Array.from({ length: maps }, (_, map) =>
    map < spec.classCount ? 1 / spec.classCount : INSTANCE_SHARE,
  )
  return {
    inputs: { image: [batchSize, spec.channels, side, side], target: [batchSize, maps, side, side] },
    write({ graph }, layers, { image, target }) {
      if (!image || !target) throw new RangeError('the step has image and target')
      const logits = unet(layers, image, maps)
      const { loss, gradient } = regionLoss(graph, logits, target, shares)
      return { loss, seeds: [{ output: logits, gradient }], outputs: {} }
    },
  }
}
