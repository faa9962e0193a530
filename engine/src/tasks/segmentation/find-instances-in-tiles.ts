import { cutTile, planTiles, type Tile } from '../detection/tiles.ts'
import { type FoundInstances, findInstances } from './find-instances.ts'
import { boxesOf, type InstanceBox } from './instance-boxes.ts'
import { directionsOf, insideOf } from './map-parts.ts'
import type { InstanceRule } from './model-card.ts'
import type { Size } from './seen-picture.ts'

const TILE = 2048
/** Wider than a walk is long and than instances are, so that each lies whole in the tile whose middle holds its own. */
const OVERLAP = 512

/**
 * As `findInstances`, of the maps of a picture of any size: only one tile of what walks need is held at a time.
 * `maps` [map] [height, width] uint8; `levels`: the least byte of each class.
 */
export function findInstancesInTiles(
  maps: readonly Uint8Array[],
  levels: readonly number[],
  size: Size,
  rule: Pick<InstanceRule, 'leastEnds' | 'smallestArea'>,
): FoundInstances {
  const tiles = planTiles(size.width, size.height, TILE, OVERLAP)
  if (tiles.length === 1) return findInstances(insideOf(maps, levels), directionsOf(maps), size, rule)
  const labels = new Int32Array(size.width * size.height)
  let count = 0
  for (const tile of tiles) {
    const cut = maps.map((map) => cutTile(map, size.width, 1, tile))
    const found = findInstances(insideOf(cut, levels), directionsOf(cut), tile, rule)
    for (const [instance, box] of boxesOf(found.labels, tile.width)) {
      if (!isOwn(box, tile, tiles)) continue
      count += 1
      write(labels, size.width, count, { from: found.labels, instance, box, tile })
    }
  }
  return { labels, count }
}

/** Whether a box lies nearer to the middle of this tile than to that of any other: of two that see it, one takes it. */
function isOwn({ left, top, right, bottom }: InstanceBox, tile: Tile, tiles: readonly Tile[]): boolean {
  const x = tile.left + (left + right) / 2
  const y = tile.top + (top + bottom) / 2
  const across = (other: Tile) => Math.abs(other.left + other.width / 2 - x)
  const down = (other: Tile) => Math.abs(other.top + other.height / 2 - y)
  return tiles.every((other) => {
    // Of tiles as near as this one the first takes it.
    const isEarlier = other.left < tile.left || other.top < tile.top
    const isNearer = (there: number, here: number) => there < here || (there === here && isEarlier)
    return !(
      (other.left !== tile.left && isNearer(across(other), across(tile))) ||
      (other.top !== tile.top && isNearer(down(other), down(tile)))
    )
  })
}

function write(
  labels: Int32Array,
  width: number,
  value: number,
  { from, instance, box, tile }: { from: Int32Array; instance: number; box: InstanceBox; tile: Tile },
): void {
  for (let row = box.top; row < box.bottom; row += 1) {
    for (let column = box.left; column < box.right; column += 1) {
      if (from[row * tile.width + column] !== instance) continue
      const at = (tile.top + row) * width + tile.left + column
      if (labels[at] === 0) labels[at] = value
    }
  }
}
