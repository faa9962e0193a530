import type { LabelFile } from '@vesalius/contracts'
import { preparePath } from './draw-marks.ts'
import { regionsOfLabel } from './label-marks.ts'
import type { Marking } from './mark.ts'
import { encodeRegion } from './region-rle.ts'

/** Of work done in the background, before the page has its turn. */
const SLICE_MS = 6

/** Writes every mask that was not written yet, a few at a time: who submits then only puts them together. */
export function encodeAhead({ size, list }: Marking, signal: AbortSignal): Promise<void> {
  const masks = list.flatMap(({ shape }) => (shape.kind === 'mask' ? [shape.region] : []))
  return inSlices(masks, (region) => void encodeRegion(region, size), signal)
}

/** Reads the masks of a label that comes next and finds their outlines, a few at a time. */
export function readAhead({ data }: LabelFile, signal: AbortSignal): Promise<void> {
  return inSlices(regionsOfLabel(data), (region) => preparePath(region()), signal)
}

async function inSlices<Item>(items: readonly Item[], work: (item: Item) => void, signal: AbortSignal): Promise<void> {
  let began = performance.now()
  for (const item of items) {
    if (performance.now() - began > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve))
      began = performance.now()
    }
    if (signal.aborted) return
    work(item)
  }
}
