import { createHash } from 'node:crypto'

/** One image as the split sees it. */
export interface SplitItem {
  value: number
  group: string
}

export interface Split {
  /** Positions in the list given, ascending. */
  training: number[]
  validation: number[]
}

const VALIDATION_SHARE = 0.15
/** A class with fewer groups than this keeps all of them for training. */
const GROUPS_WORTH_SPLITTING = 4

/**
 * Puts whole groups on the validation side when the hash of their name falls under 15 %: no seed and no rank takes
 * part, so an image stays on its side as the set grows and a model never meets its own training images there.
 * A class that would have no validation image lends its group of lowest hash; a newcomer of lower hash can only send
 * that group back to training. A side that would take every group of a class gives the highest hash back.
 */
export function splitByGroup(items: readonly SplitItem[]): Split {
  const hashes = new Map<string, number>()
  for (const { group } of items) if (!hashes.has(group)) hashes.set(group, hashOf(group))
  const chosen = new Set([...hashes].filter(([, hash]) => hash < VALIDATION_SHARE).map(([group]) => group))

  for (const groups of groupsByClass(items, hashes).values()) {
    const lowest = groups[0]
    const highest = groups.at(-1)
    if (lowest === undefined || highest === undefined) continue
    if (groups.length >= GROUPS_WORTH_SPLITTING && !chosen.has(lowest)) chosen.add(lowest)
    if (groups.every((group) => chosen.has(group))) chosen.delete(highest)
  }

  const split: Split = { training: [], validation: [] }
  items.forEach((item, index) => {
    split[chosen.has(item.group) ? 'validation' : 'training'].push(index)
  })
  return split
}

/** Groups that hold each class, by ascending hash. */
function groupsByClass(items: readonly SplitItem[], hashes: Map<string, number>): Map<number, string[]> {
  const byClass = new Map<number, Set<string>>()
  for (const { value, group } of items) {
    const groups = byClass.get(value) ?? new Set()
    byClass.set(value, groups.add(group))
  }
  const ascending = (a: string, b: string) => (hashes.get(a) ?? 0) - (hashes.get(b) ?? 0)
  return new Map([...byClass].sort(([a], [b]) => a - b).map(([value, groups]) => [value, [...groups].sort(ascending)]))
}

/** 32 bits of SHA-256 as a number in [0,1). */
function hashOf(group: string): number {
  return createHash('sha256').update(`split ${group}`).digest().readUInt32BE(0) / 4_294_967_296
}
