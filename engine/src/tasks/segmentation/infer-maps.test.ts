import { expect, it } from 'vitest'
import { GraphBuilder } from '../../graph/graph-builder.ts'
import { openOnnx } from '../../onnx.ts'
import { collectMaps, inferMaps } from './infer-maps.ts'
import type { SeenPicture } from './seen-picture.ts'

/** A model whose only map is the picture itself after a sigmoid. */
async function openMirror() {
  const graph = new GraphBuilder()
  const free = { 0: 'N', 2: 'H', 3: 'W' }
  const image = graph.input('image', [1, 1, 16, 16], free)
  graph.output('maps', graph.node('Sigmoid', [image], image.shape), free)
  return openOnnx(graph.build(), { threads: 1 })
}

const draw = (width: number, height: number): SeenPicture => ({
  width,
  height,
  channels: 1,
  pixels: Uint8Array.from({ length: width * height }, (_, at) => 128 + 100 * Math.sin(at * 0.013)),
})

it.each([
  [700, 530],
  [1, 1],
  [37, 5],
])('tiles of %d × %d give each pixel what one look would, with no seam', async (width, height) => {
  const session = await openMirror()
  const picture = draw(width, height)
  const [map] = await collectMaps(session, 1, picture)
  await session.dispose()
  // The same level is the same answer everywhere, in one tile, where two fade, and at the border.
  const answers = new Map<number, number>()
  let apart = 0
  picture.pixels.forEach((level, at) => {
    const known = answers.get(level) ?? map![at]!
    answers.set(level, known)
    apart = Math.max(apart, Math.abs(known - map![at]!))
  })
  expect(apart).toBeLessThanOrEqual(1)
})

it('tells a tall picture in bands, top to bottom, each row once', async () => {
  const session = await openMirror()
  const bands: [number, number][] = []
  await inferMaps(session, 1, draw(20, 1300), ({ top, rows, values }) => {
    expect(values).toHaveLength(rows * 20)
    bands.push([top, rows])
  })
  await session.dispose()
  expect(bands.reduce((next, [top, rows]) => (top === next ? next + rows : Number.NaN), 0)).toBe(1300)
  expect(bands.length).toBeGreaterThan(2)
})
