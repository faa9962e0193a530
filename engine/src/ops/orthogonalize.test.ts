import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph/graph-builder.ts'
import { openOnnx } from '../onnx.ts'
import { orthogonalize } from './orthogonalize.ts'

async function run(data: Float32Array, shape: number[]): Promise<Float32Array> {
  const graph = new GraphBuilder()
  graph.output('y', orthogonalize(graph, graph.input('x', shape)))
  const session = await openOnnx(graph.build(), { threads: 1 })
  const { y } = await session.run({ x: { data, shape } })
  await session.dispose()
  return y!
}

const noise = (count: number) =>
  Float32Array.from(
    { length: count },
    (_, at) => ((Math.sin(12.9898 * at + 4.1) * 43758.5453) % 1) + 0.1 * Math.sin(at),
  )

/** [short, short]: products of the rows, or of the columns where they are fewer. */
function products(x: Float32Array, rows: number, columns: number): number[][] {
  const isWide = rows <= columns
  const at = (short: number, long: number) => x[isWide ? short * columns + long : long * columns + short]!
  const [short, long] = isWide ? [rows, columns] : [columns, rows]
  return Array.from({ length: short }, (_, i) =>
    Array.from({ length: short }, (_, j) =>
      Array.from({ length: long }, (_, k) => at(i, k) * at(j, k)).reduce((a, b) => a + b, 0),
    ),
  )
}

describe('a matrix with singular values near 1', () => {
  it.each([
    [8, 40],
    [40, 8],
    [12, 12],
  ])('comes from one of %i rows and %i columns', async (rows, columns) => {
    const y = await run(noise(rows * columns), [rows, columns])
    const squares = products(y, rows, columns)
    // The eigenvalues of these products, the squared singular values, lie within .4 and 1.5: so do their means and, by rows, sums.
    const mean = squares.reduce((sum, row, i) => sum + row[i]!, 0) / squares.length
    expect(mean).toBeGreaterThan(0.6)
    expect(mean).toBeLessThan(1.3)
    for (const [i, row] of squares.entries()) {
      expect(row[i]!, `row ${i}`).toBeGreaterThan(0.4)
      expect(row[i]!, `row ${i}`).toBeLessThan(1.5)
      const beside = Math.hypot(...row.filter((_, j) => j !== i))
      expect(beside, `row ${i} beside the diagonal`).toBeLessThan(0.5)
    }
  })

  it('is the polynomial itself for a single number, whatever its size, and keeps the sign', async () => {
    const polynomial = (x: number) => 3.4445 * x - 4.775 * x ** 3 + 2.0315 * x ** 5
    let wanted = 1
    for (let round = 0; round < 5; round += 1) wanted = polynomial(wanted)
    expect((await run(Float32Array.of(20), [1, 1]))[0]).toBeCloseTo(wanted, 4)
    expect((await run(Float32Array.of(-0.3), [1, 1]))[0]).toBeCloseTo(-wanted, 4)
  })

  it('is 0 for 0', async () => {
    expect(await run(new Float32Array(12), [3, 4])).toEqual(new Float32Array(12))
  })
})
