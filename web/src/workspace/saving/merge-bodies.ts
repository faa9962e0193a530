import { isBoxLabel, isMaskLabel } from '@vesalius/contracts'
import type { LabelBody } from '../label-body.ts'

/**
 * The marks of two people in one label: all of theirs, and all of mine beside them. A mark that both have, changed or not,
 * is mine; one that only one of them deleted stays. Null for labels without marks, which have room for one answer.
 */
export function mergeBodies(theirs: LabelBody, mine: LabelBody): LabelBody | null {
  if (isBoxLabel(theirs.data) && isBoxLabel(mine.data)) {
    return { ...mine, data: { ...mine.data, boxes: join(theirs.data.boxes, mine.data.boxes) } } as LabelBody
  }
  if (isMaskLabel(theirs.data) && isMaskLabel(mine.data)) {
    return { ...mine, data: { ...mine.data, masks: join(theirs.data.masks, mine.data.masks) } } as LabelBody
  }
  return null
}

function join<Mark extends { id: string }>(theirs: readonly Mark[], mine: readonly Mark[]): Mark[] {
  const own = new Set(mine.map(({ id }) => id))
  return [...theirs.filter(({ id }) => !own.has(id)), ...mine]
}
