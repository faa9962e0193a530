import type { Image, ImageTiles } from '@vesalius/contracts'
import { SAMPLE_ARRAYS } from '@vesalius/imaging'
import { loadFrame } from '../../viewport/frames/load-frame.ts'
import type { LoadedFrame } from '../../viewport/frames/loaded-frame.ts'
import type { PixelGrid } from '../../viewport/frames/pixel-grid.ts'
import { loadTile } from '../../viewport/tiles/load-tile.ts'
import { type TileId, tilesIn } from '../../viewport/tiles/pyramid.ts'
import type { Adjustment } from '../../viewport/tone/adjustment.ts'
import { toneOf } from '../../viewport/tone/tone.ts'
import type { PixelSource } from './look.ts'
import type { Part } from './picture.ts'
import { WHOLE } from './place.ts'

/** What a person has before them: an image, or of one that is shown by tiles the part that is seen, as fine as it is seen. */
export interface PixelScene {
  image: Image
  frame: number
  adjustment: Adjustment
  tiled: { tiles: ImageTiles; level: number; part: Part } | null
}

/** Fetches the pixels of a scene; the browser has most of them at hand, as they are on the screen. */
export async function loadScene(scene: PixelScene, signal: AbortSignal): Promise<PixelSource> {
  const { image, frame, adjustment, tiled } = scene
  const size = { width: image.width, height: image.height }
  if (!tiled) {
    const { grid } = await loadFrame(image, frame, signal)
    return { grid, tone: toneOf(grid, adjustment), place: WHOLE, size }
  }
  const { tiles, level } = tiled
  const load = (tile: TileId) => loadTile(image, frame, tiles, tile, signal)
  const wanted = tilesIn(tiles, level, tiled.part)
  const smallest = { level: tiles.levels.length - 1, column: 0, row: 0 }
  const [tonal, ...loaded] = await Promise.all([smallest, ...wanted].map(load))
  if (!tonal) throw new Error('the image has no tiles')
  const step = 2 ** level
  const [left, top] = [alongLeast(wanted, 'column') * tiles.side, alongLeast(wanted, 'row') * tiles.side]
  const grid = joinTiles(wanted, loaded, { left, top }, tiles.side)
  // Shades are found from the same pixels as those on the screen.
  const tone = toneOf(tonal.grid, adjustment)
  return { grid, tone, place: { left: left * step, top: top * step, step }, size }
}

const alongLeast = (tiles: readonly TileId[], way: 'column' | 'row') => Math.min(...tiles.map((tile) => tile[way]))

/** One grid of tiles side by side. `corner`: where it begins, in pixels of their level. */
function joinTiles(
  ids: readonly TileId[],
  loaded: readonly LoadedFrame[],
  corner: { left: number; top: number },
  side: number,
): PixelGrid {
  const first = loaded[0]?.grid
  if (!first) throw new Error('no tile is seen')
  const lies = (id: TileId) => ({ left: id.column * side - corner.left, top: id.row * side - corner.top })
  const ends = ids.map((id, at) => {
    const { left, top } = lies(id)
    return { right: left + (loaded[at]?.grid.width ?? 0), bottom: top + (loaded[at]?.grid.height ?? 0) }
  })
  const width = Math.max(...ends.map(({ right }) => right))
  const height = Math.max(...ends.map(({ bottom }) => bottom))
  const { channels } = first
  const samples = new SAMPLE_ARRAYS[first.facts.sampleType](width * height * channels)
  loaded.forEach(({ grid }, at) => {
    const { left, top } = lies(ids[at] as TileId)
    for (let row = 0; row < grid.height; row += 1) {
      const line = grid.samples.subarray(row * grid.width * channels, (row + 1) * grid.width * channels)
      samples.set(line as never, ((top + row) * width + left) * channels)
    }
  })
  return { width, height, channels, samples, facts: { ...first.facts, width, height } }
}
