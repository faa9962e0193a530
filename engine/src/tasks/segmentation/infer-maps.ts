import { planTileSpans, type TileSpan } from '../../data/tiles.ts'
import { UNET_MULTIPLE } from '../../nn/unet.ts'
import type { OnnxSession } from '../../onnx.ts'
import { mirror } from './draw-crop.ts'
import type { SeenPicture } from './seen-picture.ts'
import { measureLevels, plainTones, type ToneTable } from './tone.ts'

const TILE = 512
const OVERLAP = 64

/** Rows of a picture's maps: `values` is [map, rows, width] 0..1, valid until the next band. */
export interface MapBand {
  top: number
  rows: number
  values: Float32Array
}

/**
 * What the network says about a picture of any size, in bands of rows from top to bottom. The picture is read in tiles
 * that fade into each other, so no seam shows, and no more than one band of maps is held at a time.
 */
export async function inferMaps(
  session: OnnxSession,
  maps: number,
  picture: SeenPicture,
  onBand: (band: MapBand) => void,
): Promise<void> {
  const { width, height } = picture
  const tones = plainTones(measureLevels(picture))
  const columns = planTileSpans(width, tileSide(width), OVERLAP)
  const rows = planTileSpans(height, tileSide(height), OVERLAP)
  const bandRows = rows[0]?.length ?? 0
  const plane = bandRows * width
  const band = new Float32Array(maps * plane)
  let tile: Float32Array | null = null
  for (const [index, row] of rows.entries()) {
    for (const column of columns) {
      tile = fillTile(tile, picture, row, column, tones)
      const shape = [1, picture.channels, row.length, column.length]
      const { maps: values } = await session.run({ image: { data: tile, shape } })
      if (!values) throw new Error('the model answered without maps')
      addTile(band, values, { row, column, width, height, maps })
    }
    const next = rows[index + 1]?.start ?? height
    const done = next - row.start
    onBand({ top: row.start, rows: done, values: cutRows(band, maps, plane, done * width) })
    for (let map = 0; map < maps; map += 1) {
      const start = map * plane
      band.copyWithin(start, start + done * width, start + plane)
      band.fill(0, start + plane - done * width, start + plane)
    }
  }
}

/** Hears the value 0..1 of a map at a pixel. */
export type OnValue = (map: number, at: number, value: number) => void

/**
 * All maps of a picture as bytes, 255 is 1: [map][height, width]. `onValue` hears every value, 0..1, before it is
 * rounded.
 */
export async function collectMaps(
  session: OnnxSession,
  maps: number,
  picture: SeenPicture,
  onValue: OnValue = () => {},
): Promise<Uint8Array[]> {
  const { width, height } = picture
  const collected = Array.from({ length: maps }, () => new Uint8Array(width * height))
  await inferMaps(session, maps, picture, ({ top, rows, values }) => {
    const [start, length] = [top * width, rows * width]
    collected.forEach((bytes, map) => {
      for (let at = 0; at < length; at += 1) {
        const value = values[map * length + at] as number
        bytes[start + at] = value * 255 + 0.5
        onValue(map, start + at, value)
      }
    })
  })
  return collected
}

function tileSide(length: number): number {
  return Math.min(TILE, Math.ceil(length / UNET_MULTIPLE) * UNET_MULTIPLE)
}

function fillTile(
  known: Float32Array | null,
  { pixels, width, height, channels }: SeenPicture,
  row: TileSpan,
  column: TileSpan,
  tones: ToneTable,
): Float32Array {
  const area = row.length * column.length
  const tile = known ?? new Float32Array(channels * area)
  const columns = Int32Array.from({ length: column.length }, (_, x) => mirror(column.start + x, width - 1))
  for (let y = 0; y < row.length; y += 1) {
    const line = mirror(row.start + y, height - 1) * width
    for (let channel = 0; channel < channels; channel += 1) {
      const tone = tones[channel] as Float32Array
      const offset = channel * area + y * column.length
      for (let x = 0; x < column.length; x += 1) {
        const at = (line + (columns[x] as number)) * channels + channel
        tile[offset + x] = tone[pixels[at] as number] as number
      }
    }
  }
  return tile
}

function addTile(
  band: Float32Array,
  values: Float32Array,
  place: { row: TileSpan; column: TileSpan; width: number; height: number; maps: number },
): void {
  const { row, column, width, height, maps } = place
  const plane = band.length / maps
  const rows = Math.min(row.length, height - row.start)
  const columns = Math.min(column.length, width - column.start)
  for (let map = 0; map < maps; map += 1) {
    for (let y = 0; y < rows; y += 1) {
      const weight = row.weights[y] as number
      if (weight === 0) continue
      const from = (map * row.length + y) * column.length
      const to = map * plane + y * width + column.start
      for (let x = 0; x < columns; x += 1) {
        band[to + x] = (band[to + x] as number) + weight * (column.weights[x] as number) * (values[from + x] as number)
      }
    }
  }
}

function cutRows(band: Float32Array, maps: number, plane: number, length: number): Float32Array {
  const cut = new Float32Array(maps * length)
  for (let map = 0; map < maps; map += 1) {
    cut.set(band.subarray(map * plane, map * plane + length), map * length)
  }
  return cut
}
