import { z } from 'zod'
import { ProjectId } from '../ids.ts'
import { defineRoute } from '../route.ts'

/**
 * Models of projects for programs of others: the Open Inference Protocol version 2 and machine learning backends of Label
 * Studio. Paths and bodies are those of the protocols. Source: kserve/open-inference-protocol; labelstud.io/guide/ml_create.
 */

const tag = 'inference'
const ofModel = z.object({ projectId: ProjectId })
const ofVersion = ofModel.extend({ version: z.coerce.number().int().min(0).max(2_147_483_647) })

const Tensor = z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.int()) })
const ModelMetadata = z
  .object({
    name: z.string(),
    versions: z.array(z.string()),
    platform: z.string(),
    inputs: z.array(Tensor),
    outputs: z.array(Tensor),
    parameters: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'InferenceModelMetadata' })
const ModelReady = z.object({ name: z.string(), ready: z.boolean() })

export const InferenceRequest = z
  .looseObject({
    id: z.string().max(200).optional(),
    inputs: z
      .array(
        z.looseObject({
          name: z.string().max(200),
          /** `BYTES`: picture files, base64, or as they are behind the JSON; `UINT8`: samples of pictures, height × width × channels. */
          datatype: z.string().max(20),
          shape: z.array(z.int().min(1).max(200_000)).max(4),
          data: z.array(z.unknown()).max(40_000_000),
        }),
      )
      .min(1)
      .max(1),
    /** Which outputs to answer, and whether as bytes behind the JSON. */
    outputs: z
      .array(
        z.looseObject({
          name: z.string().max(200),
          parameters: z.looseObject({ binary_data: z.boolean().optional() }).optional(),
        }),
      )
      .max(20)
      .optional(),
    parameters: z.looseObject({ binary_data_output: z.boolean().optional() }).optional(),
  })
  .meta({ id: 'InferenceRequest' })
export type InferenceRequest = z.infer<typeof InferenceRequest>

export const InferenceAnswer = z
  .object({
    id: z.string().optional(),
    model_name: z.string(),
    model_version: z.string(),
    outputs: z.array(Tensor.extend({ data: z.array(z.union([z.number(), z.string()])) })),
  })
  .meta({ id: 'InferenceAnswer' })
export type InferenceAnswer = z.infer<typeof InferenceAnswer>

const get = { method: 'GET', tag, isAtRoot: true } as const
const post = { method: 'POST', tag, isAtRoot: true } as const

export const inferenceServer = defineRoute({
  ...get,
  path: '/v2',
  summary: 'Open Inference Protocol: the server.',
  access: 'none',
  responses: { 200: z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) }) },
})

export const inferenceLive = defineRoute({
  ...get,
  path: '/v2/health/live',
  summary: 'Open Inference Protocol: whether the server runs.',
  access: 'none',
  responses: { 200: z.object({ live: z.boolean() }) },
})

export const inferenceReady = defineRoute({
  ...get,
  path: '/v2/health/ready',
  summary: 'Open Inference Protocol: whether it can answer.',
  access: 'none',
  responses: { 200: z.object({ ready: z.boolean() }) },
})

export const inferenceModel = defineRoute({
  ...get,
  path: '/v2/models/:projectId',
  summary: 'Open Inference Protocol: the model that serves in a project, whose id is its name.',
  access: 'view',
  params: ofModel,
  responses: { 200: ModelMetadata },
})

export const inferenceModelReady = defineRoute({
  ...get,
  path: '/v2/models/:projectId/ready',
  summary: 'Open Inference Protocol: whether a project has a model that serves.',
  access: 'view',
  params: ofModel,
  responses: { 200: ModelReady },
})

export const inferenceVersion = defineRoute({
  ...get,
  path: '/v2/models/:projectId/versions/:version',
  summary: 'Open Inference Protocol: one version of the model of a project, by its number.',
  access: 'view',
  params: ofVersion,
  responses: { 200: ModelMetadata },
})

export const inferenceVersionReady = defineRoute({
  ...get,
  path: '/v2/models/:projectId/versions/:version/ready',
  summary: 'Open Inference Protocol: whether there is this version.',
  access: 'view',
  params: ofVersion,
  responses: { 200: ModelReady },
})

export const infer = defineRoute({
  ...post,
  path: '/v2/models/:projectId/infer',
  summary:
    'Open Inference Protocol: ask the model that serves about pictures, as JSON or with tensors as bytes behind it. Nothing is stored.',
  access: 'view',
  params: ofModel,
  body: InferenceRequest,
  responses: { 200: InferenceAnswer },
})

export const inferVersion = defineRoute({
  ...post,
  path: '/v2/models/:projectId/versions/:version/infer',
  summary: 'Open Inference Protocol: ask one version of the model.',
  access: 'view',
  params: ofVersion,
  body: InferenceRequest,
  responses: { 200: InferenceAnswer },
})

const Health = z.object({ status: z.string(), model_class: z.string() })

export const labelStudioHealth = defineRoute({
  ...get,
  path: '/label-studio/:projectId/health',
  summary: 'Label Studio: whether the backend is there.',
  access: 'view',
  params: ofModel,
  responses: { 200: Health },
})

export const labelStudioSetup = defineRoute({
  ...post,
  path: '/label-studio/:projectId/setup',
  summary:
    'Label Studio: a project there connects. Where its pictures are and its token are kept, for the caller alone.',
  access: 'view',
  params: ofModel,
  body: z.looseObject({
    schema: z.string().max(1_000_000).nullish(),
    hostname: z.string().max(2000).nullish(),
    access_token: z.string().max(4000).nullish(),
  }),
  responses: { 200: z.object({ model_version: z.string() }) },
})

export const LabelStudioPredict = z.looseObject({
  tasks: z
    .array(z.looseObject({ data: z.record(z.string(), z.unknown()) }))
    .min(1)
    .max(50),
  label_config: z.string().max(1_000_000).nullish(),
})
export type LabelStudioPredict = z.infer<typeof LabelStudioPredict>

export const labelStudioPredict = defineRoute({
  ...post,
  path: '/label-studio/:projectId/predict',
  summary:
    'Label Studio: what the model says of tasks. Pictures are fetched from their addresses, or come along as data.',
  access: 'view',
  params: ofModel,
  body: LabelStudioPredict,
  responses: {
    200: z.object({
      model_version: z.string(),
      results: z.array(z.object({ result: z.array(z.unknown()), score: z.number(), model_version: z.string() })),
    }),
  },
})

export const labelStudioWebhook = defineRoute({
  ...post,
  path: '/label-studio/:projectId/webhook',
  summary: 'Label Studio: something changed there. Models here learn from what is annotated here, so nothing is done.',
  access: 'view',
  params: ofModel,
  body: z.looseObject({}),
  responses: { 200: z.object({}) },
})
