import type { Mark } from '../mark.ts'
import { reshape } from '../mask-edits.ts'
import type { Region } from '../region.ts'
import type { Point } from '../region-shapes.ts'
import {
  addVertex,
  type Found,
  findOnRings,
  moveVertex,
  type Ring,
  regionFromRings,
  removeVertex,
  ringsOf,
} from '../vertices.ts'
import { clickOn } from './select.ts'
import type { Ground, Outcome, Tool } from './tool.ts'

/** A vertex that is held. */
export interface VertexGesture {
  kind: 'vertex'
  id: string
  rings: readonly Ring[]
  ring: number
  at: number
  isMoved: boolean
}

/** Vertices stay where they were put for as long as nothing else changes the mask. */
const known = new WeakMap<Region, readonly Ring[]>()

/** The vertices of the only selected mask; none where several or none are selected. */
export function editedRings(shown: readonly Mark[], selected: ReadonlySet<string>): readonly Ring[] {
  const mark = editedMask(shown, selected)
  return mark?.shape.kind === 'mask' ? ringsOfMask(mark.shape.region) : []
}

/** Drag a vertex to move it, the outline between two to add one; with Control a press takes a vertex away. */
export const vertexTool: Tool = {
  press(_, touch, ground) {
    const { at, isOther } = touch
    const mark = editedMask(ground.shown, ground.selected)
    if (mark?.shape.kind !== 'mask' || ground.isLocked(mark)) return clickOn(touch, ground)
    const rings = ringsOfMask(mark.shape.region)
    const found = findOnRings(rings, at, ground.reach)
    if (!found) return clickOn(touch, ground)
    if (isOther) return found.kind === 'vertex' ? without(mark.id, rings, found, ground) : { gesture: null }
    const held = found.kind === 'vertex' ? { rings, at: found.at } : withVertex(rings, found, at)
    return { gesture: { kind: 'vertex', id: mark.id, ring: found.ring, isMoved: false, ...held } }
  },
  move(gesture, touches, { size }, isPressed) {
    const at = touches.at(-1)?.at
    if (gesture.kind !== 'vertex' || !isPressed || !at) return gesture
    const to = { x: clampTo(at.x, size.width), y: clampTo(at.y, size.height) }
    const rings = gesture.rings.map((ring, index) => (index === gesture.ring ? moveVertex(ring, gesture.at, to) : ring))
    return { ...gesture, rings, isMoved: true }
  },
  release(gesture, _, ground) {
    if (gesture.kind !== 'vertex') return { gesture: null }
    return settle(gesture.id, gesture.rings, ground)
  },
}

/** Takes the vertex at a place away; null where none is. */
export function removeVertexAt(at: Point, ground: Ground): Outcome | null {
  const mark = editedMask(ground.shown, ground.selected)
  if (mark?.shape.kind !== 'mask' || ground.isLocked(mark)) return null
  const rings = ringsOfMask(mark.shape.region)
  const found = findOnRings(rings, at, ground.reach)
  return found?.kind === 'vertex' ? without(mark.id, rings, found, ground) : null
}

function editedMask(shown: readonly Mark[], selected: ReadonlySet<string>): Mark | undefined {
  if (selected.size !== 1) return undefined
  return shown.find(({ id, shape }) => shape.kind === 'mask' && selected.has(id))
}

function ringsOfMask(region: Region): readonly Ring[] {
  const rings = known.get(region) ?? ringsOf(region)
  known.set(region, rings)
  return rings
}

function without(id: string, rings: readonly Ring[], found: Found, ground: Ground): Outcome {
  const changed = rings.flatMap((ring, index) => {
    if (index !== found.ring) return [ring]
    const left = removeVertex(ring, found.at)
    return left ? [left] : []
  })
  return settle(id, changed, ground)
}

function withVertex(rings: readonly Ring[], found: Found, near: Point) {
  const added = addVertex(rings[found.ring] as Ring, found.at, near)
  return { rings: rings.with(found.ring, added.ring), at: added.at }
}

function settle(id: string, rings: readonly Ring[], ground: Ground): Outcome {
  const region = regionFromRings(rings, ground.size)
  const list = reshape(ground.list, id, region, ground)
  const mark = list.find((candidate) => candidate.id === id)
  if (mark?.shape.kind === 'mask' && (mark.shape.region === region || list === ground.list)) {
    known.set(mark.shape.region, rings)
  }
  return { gesture: null, list }
}

const clampTo = (place: number, length: number) => Math.min(length, Math.max(0, place))
