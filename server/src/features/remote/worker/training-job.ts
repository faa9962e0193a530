import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { routes, type WorkerItem, type WorkerJob } from '@vesalius/contracts'
import { frameAddress, type TrainingItem, trainInChild } from '@vesalius/engine/runner'
import type { HeldJob } from './hold-job.ts'
import type { Tools } from './prelabel-job.ts'
import { RefusedError } from './worker-api.ts'
import type { Hold } from './worker-store.ts'

type TrainingJob = Extract<WorkerJob, { kind: 'training' }>

const PAGE = 100
const AT_ONCE = 4

/**
 * Trains on this machine: fetches pictures and labels, trains in a child process that goes on from its checkpoint when the
 * same training comes again, and brings the model. Throws TrainingError, StoreFullError, RefusedError.
 */
export async function trainHere(tools: Tools, job: TrainingJob, hold: Hold, held: HeldJob): Promise<void> {
  const { api, store, threads } = tools
  const input = { params: { remoteJobId: job.id }, query: { lease: job.lease } }
  const directory = await store.runFolder(job.runId)
  const items = await fetchItems(tools, job, { directory, hold, held })
  const warmStartModel = job.model
    ? await store.file(
        { sha256: job.model.sha256, extension: 'onnx' },
        () => api.fetchFile(routes.getJobModel, input, held.signal),
        hold,
      )
    : null
  const { taskType, classes, backbone, imageSize, seed, budgetMinutes, memoryLimitMb, scope } = job
  const outcome = await trainInChild(
    {
      taskType,
      classes,
      items,
      backbone,
      imageSize,
      seed,
      budgetMinutes,
      memoryLimitMb,
      scope,
      warmStartModel,
      directory,
    },
    {
      signal: held.signal,
      threads,
      onUpdate: (update) =>
        held.note(update.kind === 'progress' ? { progress: update.progress } : { points: [update.point] }),
    },
  )
  await api.sendModel(job, outcome.modelFile, outcome.sha256, held.signal)
  const { modelFile: _, byteSize: __, ...said } = outcome
  await held.end()
  await api.call(routes.finishTraining, { ...input, body: said }, held.signal)
  await store.forgetRun(job.runId)
}

interface Place {
  directory: string
  hold: Hold
  held: HeldJob
}

async function fetchItems(tools: Tools, job: TrainingJob, place: Place): Promise<TrainingItem[]> {
  const items: TrainingItem[] = []
  for (let from = 0; from < job.items; from += PAGE) {
    const page = await tools.api.call(
      routes.getJobItems,
      { params: { remoteJobId: job.id }, query: { lease: job.lease, from, limit: PAGE } },
      place.held.signal,
    )
    for (let at = 0; at < page.items.length; at += AT_ONCE) {
      const some = page.items.slice(at, at + AT_ONCE)
      const fetched = await Promise.all(some.map((item) => fetchItem(tools, job, item, place)))
      items.push(...fetched.flatMap((item) => (item ? [item] : [])))
    }
  }
  return items
}

/** Null: the image was removed since the training was asked for. */
async function fetchItem(
  { api, store }: Tools,
  job: TrainingJob,
  item: WorkerItem,
  { directory, hold, held }: Place,
): Promise<TrainingItem | null> {
  const { position, imageId, contentHash, type, frame, group, value, label } = item
  if (type === '') return null
  const params = { remoteJobId: job.id, position }
  const fetch = () => api.fetchFile(routes.getJobItemFile, { params, query: { lease: job.lease } }, held.signal)
  try {
    const path = await store.file({ sha256: contentHash, extension: type }, fetch, hold)
    const file = frameAddress(path, frame)
    if (value !== null) return { imageId, file, group, value }
    const labelFile = join(directory, 'labels', `${position}.json`)
    await writeFile(labelFile, JSON.stringify(label))
    return { imageId, file, group, labelFile }
  } catch (error) {
    if (error instanceof RefusedError && error.status === 404 && !held.isLost()) return null
    throw error
  }
}
