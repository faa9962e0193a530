import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '../../api/problem.ts'
import { prepareSamples, SamplesFailure } from './prepare-samples.ts'

vi.mock('./draw-samples.ts', () => ({ SAMPLE_TASK_TYPE: 1003, drawSamples: async () => [] }))
vi.mock('./upload-all.ts', () => ({
  uploadAll: async () => {
    throw new ApiProblem('STORAGE_FULL', 507)
  },
}))

const asked: string[] = []
const server = (answers: Record<string, number>) =>
  vi.stubGlobal('fetch', async (url: string, { method }: RequestInit) => {
    asked.push(`${method} ${url}`)
    const status = answers[method ?? ''] ?? 500
    return new Response(status === 204 ? null : '{"id":"p"}', { status })
  })
const watcher = () => ({ onDrawn: () => {}, onUploaded: () => {}, signal: new AbortController().signal })

afterEach(() => {
  vi.unstubAllGlobals()
  asked.length = 0
})

describe('preparing the samples', () => {
  it('takes the half-filled project away when the upload fails', async () => {
    server({ POST: 201, DELETE: 204 })
    const failure = await prepareSamples('Cells', ['a', 'b'], watcher()).catch((error: unknown) => error)
    expect(failure).toMatchObject({ isRemoved: true, cause: { code: 'STORAGE_FULL' } })
    expect(asked.at(-1)).toBe('DELETE /api/v1/projects/p')
  })

  it('says so when the half-filled project had to stay', async () => {
    server({ POST: 201, DELETE: 503 })
    const failure = await prepareSamples('Cells', ['a', 'b'], watcher()).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SamplesFailure)
    expect(failure).toMatchObject({ isRemoved: false })
  })

  it('has nothing to take away when no project was made', async () => {
    server({ POST: 503 })
    await expect(prepareSamples('Cells', ['a', 'b'], watcher())).rejects.toMatchObject({ isRemoved: true })
    expect(asked).toHaveLength(1)
  })
})
