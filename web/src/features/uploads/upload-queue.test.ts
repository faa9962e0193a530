import { describe, expect, it, vi } from 'vitest'
import { type SendFiles, UploadQueue } from './upload-queue.ts'

const files = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ file: new File(['x'], `${index}.png`) }))
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))
const statuses = (queue: UploadQueue) => queue.getState().entries.map((entry) => entry.status)

describe('the upload queue', () => {
  it('sends several files in one request and a few requests at once', async () => {
    const send = vi.fn<SendFiles>(() => new Promise(() => {}))
    new UploadQueue(send).add('p', files(1000))
    expect(send.mock.calls.map(([, chunk]) => chunk.length)).toEqual([50, 50, 50])
    new UploadQueue(send).add('p', files(40))
    expect(send.mock.calls.slice(3).map(([, chunk]) => chunk.length)).toEqual([14, 12, 12])
  })

  it('marks refused files one by one with their reason while the others go in', async () => {
    const queue = new UploadQueue(async () => [{ ok: true }, { ok: false, problem: { code: 'FILE_DAMAGED' } }])
    queue.add('p', files(2))
    await settled()
    expect(statuses(queue)).toEqual(['done', 'refused'])
    expect(queue.getState().entries[1]?.problem).toEqual({ code: 'FILE_DAMAGED' })
  })

  it('keeps files of a failed request and sends them again when asked', async () => {
    const send = vi
      .fn<SendFiles>()
      .mockRejectedValueOnce({ code: 'OFFLINE' })
      .mockResolvedValue([{ ok: true }])
    const queue = new UploadQueue(send)
    queue.add('p', files(1))
    await settled()
    expect(statuses(queue)).toEqual(['failed'])
    queue.retryFailed()
    await settled()
    expect(statuses(queue)).toEqual(['done'])
  })

  it('stops what waits and what is under way when cancelled', async () => {
    const send: SendFiles = (_project, _files, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    const queue = new UploadQueue(send)
    queue.add('p', files(50))
    queue.cancel()
    await settled()
    expect(new Set(statuses(queue))).toEqual(new Set(['cancelled']))
    expect(queue.isBusy).toBe(false)
  })

  it('tells of files that cannot be sent beside the others', () => {
    const queue = new UploadQueue(() => new Promise(() => {}))
    queue.refuse('p', [{ name: 'a.label', bytes: 3, problem: { code: 'LABEL_MISMATCH' } }])
    expect(queue.getState().entries[0]).toMatchObject({ name: 'a.label', status: 'refused' })
    expect(queue.isBusy).toBe(false)
  })

  it('never mixes projects in one request', () => {
    const send = vi.fn<SendFiles>(() => new Promise(() => {}))
    const queue = new UploadQueue(send)
    queue.add('a', files(1))
    queue.add('b', files(1))
    expect(send.mock.calls.map(([project]) => project)).toEqual(['a', 'b'])
  })
})
