import { describe, expect, it, vi } from 'vitest'
import { SaveQueue } from './save-queue.ts'

const rules = {
  isConflict: (error: unknown) => error === 'conflict',
  isTransient: (error: unknown) => error === 'offline',
  wait: async () => {},
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('the save queue', () => {
  it('saves with the ETag seen, and the next save of that image on top of its own', async () => {
    const put = vi.fn().mockResolvedValueOnce('"2"').mockResolvedValueOnce('"3"')
    const queue = new SaveQueue<string>(put, rules)
    queue.submit('a', 'cat', '"1"')
    await settled()
    queue.submit('a', 'dog', '"1"')
    await settled()
    expect(put.mock.calls).toEqual([
      ['a', 'cat', '"1"'],
      ['a', 'dog', '"2"'],
    ])
    expect(queue.getSaves()).toEqual([])
  })

  it('goes by the label that was seen when somebody else has saved since', async () => {
    const put = vi.fn().mockResolvedValueOnce('"2"').mockResolvedValueOnce('"4"').mockResolvedValueOnce('"5"')
    const queue = new SaveQueue<string>(put, rules)
    queue.submit('a', 'cat', '"1"')
    await settled()
    queue.submit('a', 'dog', '"3"')
    await settled()
    expect(put).toHaveBeenLastCalledWith('a', 'dog', '"3"')
    queue.submit('a', 'cow', '"3"')
    await settled()
    expect(put).toHaveBeenLastCalledWith('a', 'cow', '"4"')
  })

  it('sends a newer answer after the one under way, never beside it', async () => {
    let release: (etag: string) => void = () => {}
    const put = vi.fn((_id: string, body: string) =>
      body === 'cat'
        ? new Promise<string>((resolve) => {
            release = resolve
          })
        : Promise.resolve('"3"'),
    )
    const queue = new SaveQueue<string>(put, rules)
    queue.submit('a', 'cat', '"1"')
    queue.submit('a', 'dog', '"1"')
    expect(put).toHaveBeenCalledTimes(1)
    release('"2"')
    await settled()
    expect(put).toHaveBeenLastCalledWith('a', 'dog', '"2"')
  })

  it('tries again while the server is away, then keeps the answer as failed until it is asked to go on', async () => {
    const put = vi.fn().mockRejectedValue('offline')
    const queue = new SaveQueue<string>(put, rules)
    queue.submit('a', 'cat', null)
    await settled()
    expect(put).toHaveBeenCalledTimes(4)
    expect(queue.getSaves()).toMatchObject([{ imageId: 'a', body: 'cat', status: 'failed' }])
    put.mockResolvedValue('"1"')
    queue.retryFailed()
    await settled()
    expect(queue.getSaves()).toEqual([])
  })

  it('holds a conflict until a person decides', async () => {
    const put = vi.fn().mockRejectedValueOnce('conflict').mockResolvedValue('"9"')
    const queue = new SaveQueue<string>(put, rules)
    queue.submit('a', 'cat', '"1"')
    await settled()
    expect(queue.getSaves()).toMatchObject([{ status: 'conflict' }])
    queue.overwrite('a', '"8"')
    await settled()
    expect(put).toHaveBeenLastCalledWith('a', 'cat', '"8"')
    expect(queue.getSaves()).toEqual([])
    queue.submit('a', 'dog', '"1"')
    await settled()
    expect(put).toHaveBeenLastCalledWith('a', 'dog', '"9"')
  })
})
