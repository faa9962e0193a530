import { frameOf } from '@vesalius/contracts'
import type { DatasetImage } from './dataset.ts'
import { baseName, stemOf } from './names.ts'

/**
 * Formats that know single pictures only get an entry of its own for every further frame that carries marks, under the
 * name `<stem>.frame-<n><extension>`, n counted from 0. The first frame keeps the picture's name.
 */
export function frameName(name: string, frame: number): string {
  if (frame === 0) return name
  const stem = stemOf(name)
  return `${stem}.frame-${frame}${baseName(name).slice(stem.length)}`
}

/** An entry per frame that carries marks, the first frame always; the marks themselves name no frame any more. */
export function* splitFrames(image: DatasetImage): Generator<DatasetImage> {
  const frames = new Set([...image.boxes, ...image.masks].map(frameOf))
  if (frames.size === 0 || (frames.size === 1 && frames.has(0))) {
    yield image
    return
  }
  for (const frame of [...new Set([0, ...frames])].sort((a, b) => a - b)) {
    const of = <Mark extends { frame?: number }>(marks: readonly Mark[]) =>
      marks.filter((mark) => frameOf(mark) === frame).map(({ frame: _, ...mark }) => mark as Mark)
    const marks = { boxes: of(image.boxes), masks: of(image.masks) }
    if (frame === 0) yield { ...image, ...marks }
    else yield { ...image, ...marks, name: frameName(image.name, frame), frame, answer: null, tags: [] }
  }
}
