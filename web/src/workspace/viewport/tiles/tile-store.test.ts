import { describe, expect, it } from 'vitest'
import { frameOfSamples } from '../frames/loaded-frame.ts'
import { plainFacts } from '../frames/pixel-grid.ts'
import { keyOfTile, type TileId } from './pyramid.ts'
import { TileStore } from './tile-store.ts'

const tile = (column: number, level = 0): TileId => ({ level, column, row: 0 })

function open() {
  const asked: string[] = []
  const waiting = new Map<string, () => void>()
  const store = new TileStore(async (id, signal) => {
    asked.push(keyOfTile(id))
    await new Promise<void>((resolve, reject) => {
      waiting.set(keyOfTile(id), resolve)
      signal.addEventListener('abort', () => reject(signal.reason))
    })
    return frameOfSamples('image', 0, plainFacts({ width: 1, height: 1 }, 'grey'), Uint8Array.of(id.column))
  })
  const arrive = async (id: TileId) => {
    waiting.get(keyOfTile(id))?.()
    await new Promise((done) => setTimeout(done))
  }
  return { store, asked, arrive }
}

describe('the store of tiles', () => {
  it('fetches a few at a time, the most urgent first, and says when one has come', async () => {
    const { store, asked, arrive } = open()
    let told = 0
    store.subscribe(() => {
      told += 1
    })
    store.want(Array.from({ length: 9 }, (_, column) => tile(column)))
    expect(asked).toHaveLength(6)
    await arrive(tile(0))
    expect(asked).toHaveLength(7)
    expect(told).toBe(1)
    expect(store.get(tile(0))?.samplesAt(0, 0)).toEqual([0])
    expect(store.get(tile(1))).toBeNull()
  })

  it('gives up what is wanted no more, and fetches it again when it is', async () => {
    const { store, asked, arrive } = open()
    store.want([tile(1)])
    store.want([tile(2)])
    store.want([tile(1)])
    expect(asked).toEqual(['0/1/0', '0/2/0', '0/1/0'])
    await arrive(tile(1))
    expect(store.get(tile(1))).not.toBeNull()
  })
})
