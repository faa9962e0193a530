import { interpolateMasks } from './interpolate-masks.ts'
import { type Mark, newMarkId } from './mark.ts'
import { areaOf, boundsOf, intersect, isEmpty, type Region } from './region.ts'

/**
 * The marks of all frames with those between two drawn ones filled in: each selected mask of a frame is followed to the
 * nearest frame before it that has a mask of its class, else to the nearest after it. Frames that hold a mask of the
 * class there already keep it. The very same list where nothing lies between.
 */
export function fillBetween(all: readonly Mark[], selected: ReadonlySet<string>, frame: number): readonly Mark[] {
  const added = all.flatMap((mark) => {
    if (!selected.has(mark.id) || mark.frame !== frame || mark.shape.kind !== 'mask') return []
    const other = partnerOf(all, mark, mark.shape.region)
    return other ? between(mark, other) : []
  })
  const free = added.filter(
    ({ shape, ...mark }) =>
      shape.kind === 'mask' &&
      !isEmpty(shape.region) &&
      !all.some((known) => known.frame === mark.frame && known.class === mark.class && meets(known, shape.region)),
  )
  return free.length === 0 ? all : [...all, ...free]
}

function partnerOf(all: readonly Mark[], mark: Mark, region: Region): Mark | null {
  const others = all.filter((other) => other.class === mark.class && other.shape.kind === 'mask')
  const before = others.filter((other) => other.frame < mark.frame)
  const after = others.filter((other) => other.frame > mark.frame)
  const frames = before.length > 0 ? before : after
  if (frames.length === 0) return null
  const nearest = before.length > 0 ? Math.max(...frames.map((m) => m.frame)) : Math.min(...frames.map((m) => m.frame))
  const candidates = frames.filter((other) => other.frame === nearest)
  const gap = (other: Mark) => (other.shape.kind === 'mask' ? distanceOf(region, other.shape.region) : 0)
  return candidates.toSorted((a, b) => gap(a) - gap(b))[0] ?? null
}

function between(a: Mark, b: Mark): Mark[] {
  const [from, to] = a.frame < b.frame ? [a, b] : [b, a]
  if (from.shape.kind !== 'mask' || to.shape.kind !== 'mask') return []
  const [first, last] = [from.shape.region, to.shape.region]
  const steps = to.frame - from.frame
  return Array.from({ length: Math.max(0, steps - 1) }, (_, step): Mark => {
    const region = interpolateMasks(first, last, (step + 1) / steps)
    return {
      ...{ id: newMarkId(), class: a.class, frame: from.frame + step + 1, origin: 'person', score: null },
      shape: { kind: 'mask', region },
    }
  })
}

const meets = ({ shape }: Mark, region: Region) => shape.kind === 'mask' && areaOf(intersect(shape.region, region)) > 0

/** Between the middles. */
function distanceOf(a: Region, b: Region): number {
  const [first, second] = [boundsOf(a), boundsOf(b)]
  if (!first || !second) return Number.POSITIVE_INFINITY
  const across = (first.left + first.right - second.left - second.right) / 2
  const down = (first.top + first.bottom - second.top - second.bottom) / 2
  return Math.hypot(across, down)
}
