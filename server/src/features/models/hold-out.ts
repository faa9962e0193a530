import { createHash } from 'node:crypto'

/** Annotated images of one patient, slide or file. */
export interface Group {
  key: string
  images: number
  /** Class indices that its labels use. */
  classes: readonly number[]
}

/** Share of groups kept from training, and what it becomes once {@link LARGE} images measure well enough. */
const SHARE = 0.15
const SHARE_OF_MORE = 0.03
const LARGE = 1000
/** A small set takes up to this share until it has {@link SMALL} images, the fewest that say anything. */
const SHARE_WHILE_SMALL = 1 / 3
const SMALL = 12
/** A project with fewer annotated images trains on all of them. */
const WORTH_MEASURING = 12
/** Groups of a class that training keeps in any case. */
const LEFT_TO_LEARN = 3

/**
 * Decides for each new group whether it is kept from training. `decided`: what was decided before, which never changes,
 * so that no model meets an image it is measured on. New groups come in the order of a hash of their name: those under
 * 15 % are kept (3 % beyond 1,000 images); up to a third while fewer than 12 images are kept, or a class has none. A
 * group that would leave one of its classes fewer than three groups to learn from is not kept.
 */
export function decideGroups(groups: readonly Group[], decided: ReadonlyMap<string, boolean>): Map<string, boolean> {
  const isKept = (group: Group) => decided.get(group.key) === true
  const open = groups.filter(({ key }) => !decided.has(key))
  const total = groups.reduce((sum, { images }) => sum + images, 0)
  let held = groups.filter(isKept).reduce((sum, { images }) => sum + images, 0)
  const covered = new Set(groups.filter(isKept).flatMap(({ classes }) => classes))
  const toLearn = new Map<number, number>()
  for (const { classes } of groups.filter((group) => !isKept(group))) {
    for (const place of classes) toLearn.set(place, (toLearn.get(place) ?? 0) + 1)
  }
  const decisions = new Map<string, boolean>()
  for (const { group, hash } of inOrder(open)) {
    const share = held < LARGE ? SHARE : SHARE_OF_MORE
    const isMissed = held < SMALL || group.classes.some((place) => !covered.has(place))
    const isWanted = hash < (isMissed ? SHARE_WHILE_SMALL : share)
    const leavesEnough = group.classes.every((place) => (toLearn.get(place) ?? 0) > LEFT_TO_LEARN)
    const keeps = total >= WORTH_MEASURING && isWanted && leavesEnough
    decisions.set(group.key, keeps)
    if (!keeps) continue
    held += group.images
    for (const place of group.classes) {
      covered.add(place)
      toLearn.set(place, (toLearn.get(place) ?? 0) - 1)
    }
  }
  return decisions
}

function inOrder(groups: readonly Group[]) {
  return groups.map((group) => ({ group, hash: hashOf(group.key) })).sort((a, b) => a.hash - b.hash)
}

/** 32 bits of SHA-256 as a number in [0,1); another one than the trainings divide their own images by. */
function hashOf(key: string): number {
  return createHash('sha256').update(`held out ${key}`).digest().readUInt32BE(0) / 4_294_967_296
}
