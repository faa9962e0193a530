import { type Project, type Run, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { sendFiles } from '../uploads/send-files.ts'
import { UploadQueue } from '../uploads/upload-queue.ts'
import { drawSamples, SAMPLE_TASK_TYPE } from './draw-samples.ts'
import { uploadAll } from './upload-all.ts'

const BUDGET_MINUTES = 0.5

/** The samples could not be prepared. `isRemoved`: nothing of them is left on the server. */
export class SamplesFailure extends Error {
  readonly isRemoved: boolean
  constructor(cause: unknown, isRemoved: boolean) {
    super('the samples could not be prepared', { cause })
    this.name = 'SamplesFailure'
    this.isRemoved = isRemoved
  }
}

interface Watcher {
  onDrawn: (count: number) => void
  onUploaded: (count: number) => void
  signal: AbortSignal
}

/**
 * Draws the samples, uploads them into a project of their own and starts its training, through the same doors as a
 * person's images. A step that fails, or is given up, takes the half-filled project away again.
 * Throws SamplesFailure.
 */
export async function prepareSamples(name: string, classes: string[], watcher: Watcher): Promise<Run> {
  const { signal } = watcher
  let project: Project | null = null
  try {
    const files = await drawSamples(classes, watcher.onDrawn, signal)
    project = await call(routes.createProject, { body: { name, taskType: SAMPLE_TASK_TYPE, classes }, signal })
    await uploadAll(new UploadQueue(sendFiles), project.id, files, watcher.onUploaded, signal)
    const params = { projectId: project.id }
    return await call(routes.startRun, { params, body: { budgetMinutes: BUDGET_MINUTES }, signal })
  } catch (cause) {
    throw new SamplesFailure(cause, project === null || (await removeProject(project)))
  }
}

async function removeProject(project: Project): Promise<boolean> {
  try {
    await call(routes.deleteProject, { params: { projectId: project.id } })
    return true
  } catch {
    return false
  }
}
