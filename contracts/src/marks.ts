import { readClassAnswer } from './class-answer.ts'
import type { BoundingBox } from './geometry.ts'
import type { DetectionLabelData, LabelData, SegmentationLabelData } from './label.ts'

export function isBoxLabel(data: LabelData): data is DetectionLabelData {
  return 'boxes' in data
}

export function isMaskLabel(data: LabelData): data is SegmentationLabelData {
  return 'masks' in data
}

/** The frame a mark lies on, from 0. */
export function frameOf(mark: { frame?: number | undefined }): number {
  return mark.frame ?? 0
}

/** The part of a label that speaks of one frame; its marks then name none. Labels without marks are of all frames. */
export function onFrame(data: LabelData, frame: number): LabelData {
  const part = <Mark extends { frame?: number | undefined }>(marks: readonly Mark[]) =>
    marks.filter((mark) => frameOf(mark) === frame).map(({ frame: _, ...mark }) => mark as Mark)
  if (isBoxLabel(data)) return { ...data, boxes: part(data.boxes) }
  return isMaskLabel(data) ? { ...data, masks: part(data.masks) } : data
}

/** The frames a label has marks on, ascending; the first where it has none. */
export function markedFrames(data: LabelData): number[] {
  const marks = isBoxLabel(data) ? data.boxes : isMaskLabel(data) ? data.masks : []
  const frames = [...new Set(marks.map(frameOf))].sort((a, b) => a - b)
  return frames.length > 0 ? frames : [0]
}

/** Boxes or masks in a label; null where a label has none by its kind. */
export function countMarks(data: LabelData): number | null {
  if (isBoxLabel(data)) return data.boxes.length
  return isMaskLabel(data) ? data.masks.length : null
}

/** Class indices a label uses, ascending, each once. */
export function classesIn(data: LabelData): number[] {
  const value = readClassAnswer(data)?.value ?? null
  const marks = isBoxLabel(data) ? data.boxes : isMaskLabel(data) ? data.masks : []
  const used = value === null ? marks.map((mark) => mark.class) : [value]
  return [...new Set(used)].sort((a, b) => a - b)
}

/** The part of a box that lies on an image; null when nothing of it does. */
export function clipBox([x, y, width, height]: BoundingBox, imageWidth: number, imageHeight: number) {
  const left = Math.max(0, x)
  const top = Math.max(0, y)
  const right = Math.min(imageWidth, x + width)
  const bottom = Math.min(imageHeight, y + height)
  return right > left && bottom > top ? ([left, top, right - left, bottom - top] satisfies BoundingBox) : null
}
