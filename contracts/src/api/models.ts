import { z } from 'zod'
import { Comparison } from '../comparison.ts'
import { ComparisonId, ModelVersionId, ProjectId } from '../ids.ts'
import { ModelVersion } from '../model.ts'
import { defineRoute } from '../route.ts'
import { HeldOut, LineageLabel, Serving } from '../serving.ts'

const tag = 'models'
const ofProject = z.object({ projectId: ProjectId })
const ofModel = z.object({ modelVersionId: ModelVersionId })

export const rollBack = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/rollback',
  summary: 'Let the version that served before make the first guesses again.',
  tag,
  access: 'manage',
  params: ofProject,
  responses: { 200: ModelVersion },
})

export const listServings = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/servings',
  summary: 'Which version made the first guesses since when, and who decided; newest first.',
  tag,
  access: 'view',
  params: ofProject,
  responses: { 200: z.object({ items: z.array(Serving), rollbackTo: ModelVersionId.nullable() }) },
})

export const getHeldOut = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/held-out',
  summary: 'How many images are kept from training to measure models on.',
  tag,
  access: 'view',
  params: ofProject,
  responses: { 200: HeldOut },
})

export const deleteModel = defineRoute({
  method: 'DELETE',
  path: '/models/:modelVersionId',
  summary: 'Remove a version with its file and guesses for good. The one in service stays.',
  tag,
  access: 'manage',
  params: ofModel,
  responses: { 204: null },
})

export const getModelLabels = defineRoute({
  method: 'GET',
  path: '/models/:modelVersionId/labels',
  summary: 'The exact label revisions a version learned from, and those it was measured on.',
  tag,
  access: 'view',
  params: ofModel,
  responses: { 200: z.object({ learned: z.array(LineageLabel), heldOut: z.array(LineageLabel) }) },
})

export const getModelCard = defineRoute({
  method: 'GET',
  path: '/models/:modelVersionId/card',
  summary: 'The model card: what the version is, what it was made of, what it can do; Markdown.',
  tag,
  access: 'view',
  params: ofModel,
  produces: 'text/markdown',
  responses: { 200: null },
})

export const getModelArchive = defineRoute({
  method: 'GET',
  path: '/models/:modelVersionId/archive',
  summary: 'A folder as on Hugging Face, as a zip: model.onnx, config.json, README.md.',
  tag,
  access: 'view',
  params: ofModel,
  produces: 'application/zip',
  responses: { 200: null },
})

export const compareModels = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/comparisons',
  summary: 'Measure two versions on the same held-out images.',
  tag,
  access: 'manage',
  params: ofProject,
  body: z
    .strictObject({ firstId: ModelVersionId, secondId: ModelVersionId })
    .refine(({ firstId, secondId }) => firstId !== secondId, 'two different versions'),
  responses: { 202: Comparison },
})

export const getComparison = defineRoute({
  method: 'GET',
  path: '/comparisons/:comparisonId',
  summary: 'One comparison, with its result once it is done.',
  tag,
  access: 'view',
  params: z.object({ comparisonId: ComparisonId }),
  responses: { 200: Comparison },
})
