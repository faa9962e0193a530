import { byPerson, isGuess, type Mark, newMarkId } from './mark.ts'
import { contains, intersect, isEmpty, type Region, subtract, subtractAll, union } from './region.ts'
import { splitRegion } from './region-parts.ts'
import type { Point } from './region-shapes.ts'

/** What a stroke is laid on. */
export interface Stroke {
  region: Region
  class: number
  /** Where it began; null for an outline, which is of its own wherever it began. */
  start: Point | null
  /** It is to join the selected mask, wherever it began. */
  joins: boolean
}

type Edited = { list: readonly Mark[]; touched: string | null }

/** What edits of masks have to respect. */
export interface EditRule {
  selected: ReadonlySet<string>
  hasInstances: boolean
  /** Pixels of other masks stay theirs. Always so for instances, and for masks that are locked. */
  protects: boolean
  isLocked: (mark: Mark) => boolean
}

export function maskAt(list: readonly Mark[], { x, y }: Point): Mark | null {
  return list.findLast(({ shape }) => shape.kind === 'mask' && contains(shape.region, x, y)) ?? null
}

/**
 * Adds a stroke. Without instances it joins the mask of its class. With them it joins the one it began on, of several the
 * selected one, or the selected one wherever it began where that is asked for; else it begins one of its own. It never
 * joins a locked mask, and never takes pixels of one.
 */
export function addStroke(list: readonly Mark[], stroke: Stroke, rule: EditRule): Edited {
  const { selected, hasInstances, isLocked } = rule
  const open = list.filter((mark) => !isLocked(mark))
  const target = hasInstances
    ? instanceFor(stroke, open, selected)
    : (open.find((mark) => mark.class === stroke.class && !isGuess(mark)) ??
      open.find((mark) => mark.class === stroke.class))
  const free = freeOf(list, stroke.region, rule, target ?? null)
  if (isEmpty(free)) return { list, touched: target?.id ?? null }
  if (target?.shape.kind !== 'mask') {
    const mark = personsMask(stroke.class, free)
    return { list: [...list, mark], touched: mark.id }
  }
  const region = union(target.shape.region, free)
  return { list: withRegion(list, target, region), touched: target.id }
}

function instanceFor({ start, joins }: Stroke, open: readonly Mark[], selected: ReadonlySet<string>): Mark | null {
  const chosen = open.filter(({ id }) => selected.has(id))
  const [first] = chosen
  if (joins && first) return first
  return start && (maskAt(chosen, start) ?? maskAt(open, start))
}

/** What of a region may become a mask's own: the pixels that no mask has which is to be respected. */
export function freeOf(
  list: readonly Mark[],
  region: Region,
  { hasInstances, protects, isLocked }: Omit<EditRule, 'selected'>,
  own: Mark | null,
): Region {
  const taken = list.flatMap((mark) => {
    if (mark === own || mark.shape.kind !== 'mask') return []
    return hasInstances || protects || isLocked(mark) ? [mark.shape.region] : []
  })
  return subtractAll(region, taken)
}

/** Gives a mask another shape; pixels of others stay theirs, as when it is painted. */
export function reshape(list: readonly Mark[], id: string, region: Region, rule: EditRule): readonly Mark[] {
  const mark = list.find((candidate) => candidate.id === id)
  if (mark?.shape.kind !== 'mask' || rule.isLocked(mark)) return list
  // Where it lay already it may lie still, also where masks overlap.
  const own = mark.shape.region
  const added = freeOf(list, subtract(region, own), rule, mark)
  const next = isEmpty(added) ? intersect(region, own) : union(intersect(region, own), added)
  const exact = isUnchanged(next, region) ? region : next
  return isUnchanged(exact, own) ? list : withRegion(list, mark, exact)
}

/** Changes the shapes of some masks one by one: smoothed, grown, with holes filled. */
export function reshapeAll(
  list: readonly Mark[],
  ids: ReadonlySet<string>,
  change: (region: Region) => Region,
  rule: EditRule,
): readonly Mark[] {
  return list.reduce(
    (left, mark) =>
      mark.shape.kind === 'mask' && ids.has(mark.id) ? reshape(left, mark.id, change(mark.shape.region), rule) : left,
    list,
  )
}

/** Takes pixels from the selected masks, or from all that may be touched when none is selected. */
export function eraseStroke(
  list: readonly Mark[],
  region: Region,
  { selected, isOpen }: Pick<EditRule, 'selected'> & { isOpen: (mark: Mark) => boolean },
): readonly Mark[] {
  const isChosen = (mark: Mark) => isOpen(mark) && (selected.size === 0 || selected.has(mark.id))
  return list.reduce((left, mark) => {
    if (mark.shape.kind !== 'mask' || !isChosen(mark)) return left
    const rest = subtract(mark.shape.region, region)
    return isUnchanged(rest, mark.shape.region) ? left : withRegion(left, mark, rest)
  }, list)
}

/** One mask of several: the first of them, with the pixels of all. */
export function mergeMasks(list: readonly Mark[], ids: ReadonlySet<string>): Edited {
  const chosen = list.filter(({ id, shape }) => ids.has(id) && shape.kind === 'mask')
  const [first, ...rest] = chosen
  if (!first || rest.length === 0) return { list, touched: null }
  const region = chosen.reduce<Region>(
    (whole, { shape }) => (shape.kind === 'mask' ? union(whole, shape.region) : whole),
    { top: 0, rows: [] },
  )
  return {
    list: withRegion(
      list.filter((mark) => !rest.includes(mark)),
      first,
      region,
    ),
    touched: first.id,
  }
}

/** Parts masks along a cut; each part is a mask of its own. */
export function splitMasks(list: readonly Mark[], cut: Region, ids: ReadonlySet<string>): readonly Mark[] {
  return list.flatMap((mark) => {
    if (mark.shape.kind !== 'mask' || (ids.size > 0 && !ids.has(mark.id))) return [mark]
    const [first, ...rest] = splitRegion(mark.shape.region, cut)
    if (!first || rest.length === 0) return [mark]
    const own: Mark = { ...byPerson(mark), shape: { kind: 'mask', region: first } }
    return [own, ...rest.map((region) => personsMask(mark.class, region))]
  })
}

function personsMask(value: number, region: Region): Mark {
  return { id: newMarkId(), class: value, frame: 0, origin: 'person', score: null, shape: { kind: 'mask', region } }
}

/** A mask without pixels is none. */
function withRegion(list: readonly Mark[], changed: Mark, region: Region): readonly Mark[] {
  if (isEmpty(region)) return list.filter((mark) => mark !== changed)
  return list.map((mark) => (mark === changed ? { ...byPerson(mark), shape: { kind: 'mask', region } } : mark))
}

function isUnchanged(a: Region, b: Region): boolean {
  return (
    a.top === b.top &&
    a.rows.length === b.rows.length &&
    a.rows.every((runs, index) => {
      const other = b.rows[index]
      return runs === other || (runs.length === other?.length && runs.every((place, at) => place === other[at]))
    })
  )
}
