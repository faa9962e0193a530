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
