import type { Image } from '@vesalius/contracts'
import { describe, expect, it } from 'vitest'
import { FrameStore } from './frame-store.ts'
import { frameOfSamples, type LoadedFrame } from './loaded-frame.ts'
import { plainFacts } from './pixel-grid.ts'

const image = (id: string) => ({ id }) as unknown as Image

const pane = {}

function open(mostBytes = 250) {
  const asked: string[] = []
  const closed: string[] = []
  const load = async ({ id }: Image, frame: number, signal: AbortSignal): Promise<LoadedFrame> => {
    asked.push(`${id}${frame}`)
    await new Promise((done) => setTimeout(done))
    signal.throwIfAborted()
    if (id === 'broken') throw new Error('broken')
    const facts = plainFacts({ width: 10, height: 10 }, 'grey')
    const loaded = frameOfSamples(id, frame, facts, new Uint8Array(100))
    return { ...loaded, close: () => closed.push(`${id}${frame}`) }
  }
  return { store: new FrameStore(load, mostBytes), asked, closed }
}

describe('the store of frames', () => {
  it('loads a frame once and gives it at once from then on', async () => {
    const { store, asked } = open()
    expect(store.peek('a', 0)).toBeNull()
    const [first, second] = await Promise.all([store.get(image('a'), 0), store.get(image('a'), 0)])
    expect(first).toBe(second)
    expect(store.peek('a', 0)).toBe(first)
    expect(asked).toEqual(['a0'])
  })

  it('gives up what was wanted longest ago, never what is shown', async () => {
    const { store, closed } = open()
    store.keep(pane, 'a', 0)
    for (const id of ['a', 'b', 'c', 'd']) await store.get(image(id), 0)
    expect(closed).toEqual(['b0', 'c0'])
    expect(store.peek('a', 0)).not.toBeNull()
  })

  it('tries again after a failure', async () => {
    const { store, asked } = open()
    await expect(store.get(image('broken'), 0)).rejects.toThrow('broken')
    await expect(store.get(image('broken'), 0)).rejects.toThrow('broken')
    expect(asked).toEqual(['broken0', 'broken0'])
  })

  it('stops fetching what nobody waits for any more', async () => {
    const { store } = open()
    const waiting = store.get(image('a'), 0)
    const [passed, near, expected] = [store.get(image('c'), 0), store.get(image('c'), 9), store.get(image('b'), 0)]
    store.expect(['b'])
    store.keep(pane, 'c', 6)
    await expect(waiting).rejects.toThrow()
    await expect(passed).rejects.toThrow()
    await expect(near).resolves.toBeDefined()
    await expect(expected).resolves.toBeDefined()
  })
})
