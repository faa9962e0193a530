import {
  type BoundingBox,
  type EditCounts,
  frameOf,
  isBoxLabel,
  isMaskLabel,
  type LabelData,
  readClassAnswer,
  rleBounds,
} from '@vesalius/contracts'
import { MATCHING_OVERLAP, overlapOf } from '@vesalius/imaging'

/** What a person did to one answer of a model. */
export interface Edited {
  edits: EditCounts
  /** Score of each thing the model said, and whether it was left standing: its class, and its place to half or more. */
  scores: [score: number, right: boolean][]
}

interface Outline {
  id: string
  name: string
  frame: number
  score: number | null
  box: BoundingBox
  rle: string | null
}

export const NO_EDITS: EditCounts = { kept: 0, changed: 0, relabelled: 0, added: 0, removed: 0 }

/**
 * What lies between the model's answer and the person's. A mark is the same one by its id, or, drawn anew, by an
 * intersection over union of .5 or more; classes are told apart by name, as their places may have changed between.
 */
export function countEdits(guess: LabelData, label: LabelData): Edited {
  const [said, answer] = [readClassAnswer(guess), readClassAnswer(label)]
  if (!said || !answer) return countMarkEdits(guess, label)
  const isSame = said.value !== null && nameOf(guess, said.value) === nameOf(label, answer.value)
  const score = said.value === null ? undefined : said.weights[said.value]
  return {
    edits: { ...NO_EDITS, ...(isSame ? { kept: 1 } : { relabelled: 1 }) },
    scores: score === undefined ? [] : [[score, isSame]],
  }
}

function countMarkEdits(guess: LabelData, label: LabelData): Edited {
  const size = isMaskLabel(guess) && isMaskLabel(label) && String(guess.size) === String(label.size) ? label.size : null
  const open = new Map(outlinesOf(label).map((mark) => [mark.id, mark]))
  const edits = { ...NO_EDITS }
  const scores: Edited['scores'] = []
  for (const mark of outlinesOf(guess)) {
    const now = open.get(mark.id) ?? findRedrawn(mark, [...open.values()], size)
    const isSame = now !== undefined && now.rle === mark.rle && String(now.box) === String(mark.box)
    const overlap = isSame ? 1 : now ? overlapOf(mark, now, size) : 0
    const isSameClass = now?.name === mark.name
    if (!now) edits.removed += 1
    else if (!isSameClass) edits.relabelled += 1
    else if (isSame) edits.kept += 1
    else edits.changed += 1
    if (now) open.delete(now.id)
    if (mark.score !== null) scores.push([mark.score, isSameClass && overlap >= MATCHING_OVERLAP])
  }
  edits.added = open.size
  return { edits, scores }
}

function findRedrawn(mark: Outline, open: readonly Outline[], size: readonly [number, number] | null) {
  return open.find((other) => other.frame === mark.frame && overlapOf(mark, other, size) >= MATCHING_OVERLAP)
}

function outlinesOf(data: LabelData): Outline[] {
  if (isBoxLabel(data)) {
    return data.boxes.map((mark) => ({ ...common(data, mark), box: mark.box, rle: null }))
  }
  if (!isMaskLabel(data)) return []
  return data.masks.map((mark) => {
    const bounds = rleBounds(mark.rle, data.size) ?? { left: 0, top: 0, right: 0, bottom: 0 }
    const { left, top, right, bottom } = bounds
    return { ...common(data, mark), box: [left, top, right - left, bottom - top] as BoundingBox, rle: mark.rle }
  })
}

function common(
  data: LabelData,
  mark: { id: string; class: number; score?: number | undefined; frame?: number | undefined },
) {
  return { id: mark.id, name: nameOf(data, mark.class), frame: frameOf(mark), score: mark.score ?? null }
}

function nameOf(data: LabelData, index: number | null): string {
  if (index === null || !('key' in data)) return ''
  return (Array.isArray(data.key) ? data.key[index] : data.key[index as 0 | 1]) ?? ''
}
