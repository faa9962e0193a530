import { z } from 'zod'
import { TrainingScope } from '../algorithm.ts'
import { ModelVersionId, ProjectId, RunId } from '../ids.ts'
import { ModelVersion } from '../model.ts'
import { defineRoute } from '../route.ts'
import { Run, Without } from '../run.ts'

const tag = 'training'
const ofProject = z.object({ projectId: ProjectId })
const ofRun = z.object({ runId: RunId })
const ofModel = z.object({ modelVersionId: ModelVersionId })

export const startRun = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/runs',
  summary: 'Train now on what people submitted.',
  tag,
  access: 'manage',
  params: ofProject,
  body: z
    .strictObject({
      budgetMinutes: z.number().min(0.05).max(1440).optional(),
      /** Missing: as the settings say. */
      scope: TrainingScope.optional(),
      without: Without.optional(),
    })
    .optional(),
  responses: { 201: Run },
})

export const listRuns = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/runs',
  summary: 'The newest hundred runs of a project.',
  tag,
  access: 'view',
  params: ofProject,
  responses: { 200: z.object({ items: z.array(Run) }) },
})

export const getRun = defineRoute({
  method: 'GET',
  path: '/runs/:runId',
  summary: 'One run with its curve.',
  tag,
  access: 'view',
  params: ofRun,
  responses: { 200: Run },
})

export const cancelRun = defineRoute({
  method: 'DELETE',
  path: '/runs/:runId',
  summary: 'Cancel a run that has not ended.',
  tag,
  access: 'manage',
  params: ofRun,
  responses: { 200: Run },
})

export const listModels = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/models',
  summary: 'The model versions of a project, newest first.',
  tag,
  access: 'view',
  params: ofProject,
  responses: { 200: z.object({ items: z.array(ModelVersion) }) },
})

export const importModel = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/models',
  summary: 'Bring an ONNX model along: a candidate that can be promoted, or trained on from, or both.',
  tag,
  access: 'manage',
  params: ofProject,
  form: { file: { isRequired: true, isFile: true, description: 'An ONNX model of at most 1 GiB.' } },
  responses: { 201: ModelVersion },
})

export const promoteModel = defineRoute({
  method: 'POST',
  path: '/models/:modelVersionId/promote',
  summary: 'Let this version make the first guesses from now on.',
  tag,
  access: 'manage',
  params: ofModel,
  responses: { 200: ModelVersion },
})

export const getModelFile = defineRoute({
  method: 'GET',
  path: '/models/:modelVersionId/file',
  summary: 'The model as a plain ONNX file.',
  tag,
  access: 'view',
  params: ofModel,
  produces: 'application/octet-stream',
  responses: { 200: null },
})

export const events = defineRoute({
  method: 'GET',
  path: '/events',
  summary: 'Server-sent events: changes the caller may see (see `ServerEvent`).',
  tag,
  access: 'user',
  produces: 'text/event-stream',
  responses: { 200: null },
})
