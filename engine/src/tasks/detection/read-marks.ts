import { readFile } from 'node:fs/promises'
import { DetectionLabelData, frameOf } from '@vesalius/contracts'
import type { Mark } from './mark.ts'

/** The label of an image is missing, damaged or about other classes. */
export class UnreadableLabelError extends Error {
  constructor(reason: string, options?: { cause?: unknown }) {
    super(reason, options)
    this.name = 'UnreadableLabelError'
  }
}

/**
 * The marks of a label's `data`, their classes as indices into `classes`, matched by name. An image without marks is a
 * statement too: nothing is there. Throws UnreadableLabelError.
 */
export async function readMarks(labelFile: string, classes: readonly string[]): Promise<Mark[]> {
  const { key, boxes } = await parseLabel(labelFile)
  const places = key.map((name) => classes.indexOf(name))
  return boxes.filter(isOfFirstFrame).map(({ box, class: place }) => {
    const found = places[place] ?? -1
    if (found < 0) throw new UnreadableLabelError(`the label has a class "${key[place]}" that the project lacks`)
    return { box, class: found }
  })
}

async function parseLabel(labelFile: string): Promise<DetectionLabelData> {
  try {
    return DetectionLabelData.parse(JSON.parse(await readFile(labelFile, 'utf8')))
  } catch (cause) {
    throw new UnreadableLabelError('cannot read the label of this image', { cause })
  }
}

/** Marks of further frames speak of another picture; who trains on those gives each frame a label of its own. */
function isOfFirstFrame(mark: { frame?: number | undefined }): boolean {
  return frameOf(mark) === 0
}
