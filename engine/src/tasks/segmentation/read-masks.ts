import { readFile } from 'node:fs/promises'
import { frameOf, paintRle, RleError, SegmentationLabelData } from '@vesalius/contracts'
import type { Size } from './seen-picture.ts'

/** The label of an image is missing, damaged, of another size, or about other classes. */
export class UnreadableMasksError extends Error {
  constructor(reason: string, options?: { cause?: unknown }) {
    super(reason, options)
    this.name = 'UnreadableMasksError'
  }
}

export interface LabelMask {
  class: number
  rle: string
}

/**
 * The masks of a label's `data`, their classes as indices into `classes`, matched by name. An image without masks is a
 * statement too: nothing is there. Throws UnreadableMasksError.
 */
export async function readMasks(labelFile: string, classes: readonly string[], size: Size): Promise<LabelMask[]> {
  const data = await parseLabel(labelFile)
  const [height, width] = data.size
  if (height !== size.height || width !== size.width) {
    const reason = `its masks are ${width} × ${height} pixels, the image ${size.width} × ${size.height}`
    throw new UnreadableMasksError(`the label does not fit the image: ${reason}`)
  }
  const places = data.key.map((name) => classes.indexOf(name))
  return data.masks.filter(isOfFirstFrame).map(({ class: place, rle }) => {
    const found = places[place] ?? -1
    if (found < 0) throw new UnreadableMasksError(`the label has a class "${data.key[place]}" that the project lacks`)
    return { class: found, rle }
  })
}

/** A label in memory, at the image's size. */
export interface PaintedLabel extends Size {
  /** [class] [height, width]: 1 inside. */
  regions: Uint8Array[]
  /** [height, width]: number of the mask, 0 is background; a later mask covers an earlier one. Null unless wanted. */
  instances: Int32Array | null
}

/** Throws UnreadableMasksError when a mask does not fill its size. */
export function paintLabel(
  masks: readonly LabelMask[],
  { width, height }: Size,
  { classCount, hasInstances }: { classCount: number; hasInstances: boolean },
): PaintedLabel {
  const regions = Array.from({ length: classCount }, () => new Uint8Array(width * height))
  const instances = hasInstances ? new Int32Array(width * height) : null
  try {
    masks.forEach(({ class: place, rle }, index) => {
      const region = regions[place]
      if (region) paintRle(region, 1, rle, [height, width])
      if (instances) paintRle(instances, index + 1, rle, [height, width])
    })
  } catch (cause) {
    if (!(cause instanceof RleError)) throw cause
    throw new UnreadableMasksError(`cannot read a mask of this image: ${cause.message}`, { cause })
  }
  return { width, height, regions, instances }
}

/** The label at another size; every pixel takes what lies at its middle. */
export function resizeLabel(label: PaintedLabel, { width, height }: Size): PaintedLabel {
  if (width === label.width && height === label.height) return label
  const sources = new Int32Array(width * height)
  for (let row = 0; row < height; row += 1) {
    const sourceRow = Math.min(label.height - 1, Math.floor(((row + 0.5) * label.height) / height))
    for (let column = 0; column < width; column += 1) {
      const sourceColumn = Math.min(label.width - 1, Math.floor(((column + 0.5) * label.width) / width))
      sources[row * width + column] = sourceRow * label.width + sourceColumn
    }
  }
  const instances = label.instances
  return {
    width,
    height,
    regions: label.regions.map((region) => Uint8Array.from(sources, (at) => region[at] ?? 0)),
    instances: instances && sources.map((at) => instances[at] ?? 0),
  }
}

async function parseLabel(labelFile: string): Promise<SegmentationLabelData> {
  try {
    return SegmentationLabelData.parse(JSON.parse(await readFile(labelFile, 'utf8')))
  } catch (cause) {
    throw new UnreadableMasksError('cannot read the label of this image', { cause })
  }
}

/** Marks of further frames speak of another picture; who trains on those gives each frame a label of its own. */
function isOfFirstFrame(mark: { frame?: number | undefined }): boolean {
  return frameOf(mark) === 0
}
