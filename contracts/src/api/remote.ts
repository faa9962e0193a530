import { z } from 'zod'
import { ImageId, OrganisationId, ProjectId, RemoteJobId, WorkerTokenId } from '../ids.ts'
import {
  CallbackMessage,
  RemoteAnswer,
  RemoteDelivery,
  RemoteJobState,
  RemoteServer,
  RemoteSettings,
  RemoteTrial,
  WorkerItem,
  WorkerJob,
  WorkerOutcome,
  WorkerProgress,
  WorkerToken,
} from '../remote.ts'
import { defineRoute } from '../route.ts'
import { Timestamp } from '../time.ts'

const tag = 'remote'
const ofProject = z.object({ projectId: ProjectId })
const ofOrganisation = z.object({ organisationId: OrganisationId })

export const getRemote = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/remote',
  summary: 'The remote server or worker that a project is set up for; null: none.',
  tag,
  access: 'manage',
  params: ofProject,
  responses: { 200: z.object({ server: RemoteServer.nullable() }) },
})

export const putRemote = defineRoute({
  method: 'PUT',
  path: '/projects/:projectId/remote',
  summary: 'Set up a remote server or worker. It is asked once the strategy of the algorithm is `remote`.',
  tag,
  access: 'manage',
  params: ofProject,
  body: RemoteSettings.extend({
    /** Sent along as `Authorization: Bearer`, never shown; missing: as before, null: none. */
    bearer: z.string().min(1).max(4000).nullable().optional(),
  }),
  responses: { 200: RemoteServer },
})

export const rotateRemoteSecret = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/remote/secrets',
  summary: 'Make a new secret for signatures, shown this once. The one before stays valid for a day.',
  tag,
  access: 'manage',
  params: ofProject,
  responses: { 201: z.object({ secret: z.string(), server: RemoteServer }) },
})

export const tryRemote = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/remote/try',
  summary: 'Ask the server about one image and show what comes back; nothing is stored.',
  tag,
  access: 'manage',
  params: ofProject,
  body: z.strictObject({ imageId: ImageId.optional() }),
  responses: { 200: RemoteTrial },
})

export const listDeliveries = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/remote/deliveries',
  summary: 'The last hundred messages to and from the server, and what became of each.',
  tag,
  access: 'manage',
  params: ofProject,
  responses: { 200: z.object({ items: z.array(RemoteDelivery), waiting: z.int() }) },
})

export const answerPrelabel = defineRoute({
  method: 'POST',
  path: '/callbacks/prelabel/:remoteJobId',
  summary:
    'A remote server answers: signed by Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`).',
  tag,
  access: 'signed',
  params: z.object({ remoteJobId: RemoteJobId }),
  signedBody: CallbackMessage,
  responses: { 200: z.object({ state: RemoteJobState }) },
})

export const getSentImage = defineRoute({
  method: 'GET',
  path: '/callbacks/images/:imageId',
  summary: 'An image that a remote server was asked about, by the short-lived address that it was sent.',
  tag,
  access: 'signed',
  params: z.object({ imageId: ImageId }),
  query: z.object({
    expires: z.string().max(20),
    signature: z.string().max(100),
    /** Of a PNG: which frame, from 0. */
    frame: z.coerce.number().int().min(0).optional(),
  }),
  produces: 'application/octet-stream',
  responses: { 200: null },
})

const NewWorkerToken = z.strictObject({
  name: z.string().trim().min(1).max(80),
  expiresInDays: z.int().min(1).max(3650).nullable(),
})
const tokenMade = z.object({ token: WorkerToken, secret: z.string() })
const tokens = z.object({ items: z.array(WorkerToken) })

export const createWorkerToken = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/worker-tokens',
  summary: 'Make a token by which a worker comes for the jobs of this project. Its secret is shown this once.',
  tag,
  access: 'manage',
  params: ofProject,
  body: NewWorkerToken,
  responses: { 201: tokenMade },
})

export const listWorkerTokens = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/worker-tokens',
  summary: 'The tokens of workers of this project, with when each was last used and by which program.',
  tag,
  access: 'manage',
  params: ofProject,
  responses: { 200: tokens },
})

export const deleteWorkerToken = defineRoute({
  method: 'DELETE',
  path: '/projects/:projectId/worker-tokens/:workerTokenId',
  summary: 'Revoke a token of a worker: what it works on goes to another.',
  tag,
  access: 'manage',
  params: z.object({ projectId: ProjectId, workerTokenId: WorkerTokenId }),
  responses: { 204: null },
})

export const createOrganisationWorkerToken = defineRoute({
  method: 'POST',
  path: '/organisations/:organisationId/worker-tokens',
  summary: 'Make a token by which a worker comes for the jobs of every project of an organisation.',
  tag,
  access: 'manage',
  params: ofOrganisation,
  body: NewWorkerToken,
  responses: { 201: tokenMade },
})

export const listOrganisationWorkerTokens = defineRoute({
  method: 'GET',
  path: '/organisations/:organisationId/worker-tokens',
  summary: 'The tokens of workers of an organisation.',
  tag,
  access: 'manage',
  params: ofOrganisation,
  responses: { 200: tokens },
})

export const deleteOrganisationWorkerToken = defineRoute({
  method: 'DELETE',
  path: '/organisations/:organisationId/worker-tokens/:organisationTokenId',
  summary: 'Revoke a token of a worker of an organisation.',
  tag,
  access: 'manage',
  params: z.object({ organisationId: OrganisationId, organisationTokenId: WorkerTokenId }),
  responses: { 204: null },
})

const ofJob = z.object({ remoteJobId: RemoteJobId })
const byLease = z.object({ lease: z.uuid() })
const open = z.object({ leaseUntil: Timestamp })

export const leaseJob = defineRoute({
  method: 'POST',
  path: '/worker/jobs',
  summary:
    "A worker comes for work: the next job of its project or organisation, or null. It is the worker's for a minute.",
  tag,
  access: 'worker',
  body: z.strictObject({
    kinds: z
      .array(z.enum(['prelabel', 'training']))
      .min(1)
      .max(2),
    /** What the program calls itself, as people see it. */
    name: z.string().trim().min(1).max(120),
  }),
  responses: { 200: z.object({ job: WorkerJob.nullable() }) },
})

export const keepJob = defineRoute({
  method: 'POST',
  path: '/worker/jobs/:remoteJobId/heartbeat',
  summary: 'The worker still works on it, and how far it is. 409: it is no longer its own, so it stops.',
  tag,
  access: 'worker',
  params: ofJob,
  query: byLease,
  body: WorkerProgress,
  responses: { 200: open },
})

export const getJobImage = defineRoute({
  method: 'GET',
  path: '/worker/jobs/:remoteJobId/image',
  summary: 'The image to look at.',
  tag,
  access: 'worker',
  params: ofJob,
  query: byLease,
  produces: 'application/octet-stream',
  responses: { 200: null },
})

export const getJobModel = defineRoute({
  method: 'GET',
  path: '/worker/jobs/:remoteJobId/model',
  summary: 'The model to ask, or to go on from.',
  tag,
  access: 'worker',
  params: ofJob,
  query: byLease,
  produces: 'application/octet-stream',
  responses: { 200: null },
})

export const getJobItems = defineRoute({
  method: 'GET',
  path: '/worker/jobs/:remoteJobId/items',
  summary: 'Annotated images of a training, in pieces.',
  tag,
  access: 'worker',
  params: ofJob,
  query: byLease.extend({
    from: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  responses: { 200: z.object({ items: z.array(WorkerItem) }) },
})

export const getJobItemFile = defineRoute({
  method: 'GET',
  path: '/worker/jobs/:remoteJobId/items/:position/file',
  summary: 'The picture of an annotated image of a training.',
  tag,
  access: 'worker',
  params: ofJob.extend({ position: z.coerce.number().int().min(0) }),
  query: byLease,
  produces: 'application/octet-stream',
  responses: { 200: null },
})

export const answerJob = defineRoute({
  method: 'POST',
  path: '/worker/jobs/:remoteJobId/answer',
  summary: 'What the model says of the image.',
  tag,
  access: 'worker',
  params: ofJob,
  query: byLease,
  body: RemoteAnswer,
  responses: { 200: z.object({ state: RemoteJobState }) },
})

export const putJobModel = defineRoute({
  method: 'PUT',
  path: '/worker/jobs/:remoteJobId/model',
  summary: 'The trained model as one ONNX file of at most 1 GiB; `sha256` says what arrives.',
  tag,
  access: 'worker',
  params: ofJob,
  query: byLease.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  takes: 'application/octet-stream',
  responses: { 200: z.object({ byteSize: z.int() }) },
})

export const finishTraining = defineRoute({
  method: 'POST',
  path: '/worker/jobs/:remoteJobId/outcome',
  summary: 'The training is done and its model has arrived. The gate looks at it as at every other.',
  tag,
  access: 'worker',
  params: ofJob,
  query: byLease,
  body: WorkerOutcome,
  responses: { 200: z.object({ state: RemoteJobState }) },
})

export const failJob = defineRoute({
  method: 'POST',
  path: '/worker/jobs/:remoteJobId/failure',
  summary: 'It cannot be done, and why.',
  tag,
  access: 'worker',
  params: ofJob,
  query: byLease,
  body: z.strictObject({
    reason: z.string().trim().min(1).max(500),
    /** Of a training: an error code of this program. */
    code: z.string().max(60).optional(),
    /** Whether another worker may manage. */
    isForOthers: z.boolean().default(false),
  }),
  responses: { 200: z.object({ state: RemoteJobState }) },
})
