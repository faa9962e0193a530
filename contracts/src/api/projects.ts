import { z } from 'zod'
import { Algorithm } from '../algorithm.ts'
import { AlgorithmVersion } from '../algorithm-version.ts'
import { OrganisationId, ProjectId, UserId } from '../ids.ts'
import { DuplicateChoice } from '../import.ts'
import { ClassNames } from '../label.ts'
import { Project, ProjectName } from '../project.ts'
import { defineRoute } from '../route.ts'
import { ImageType } from '../task-type.ts'

const tag = 'projects'
const params = z.object({ projectId: ProjectId })

export const createProject = defineRoute({
  method: 'POST',
  path: '/projects',
  summary: "Make a project. Without classes it gets its task type's usual ones.",
  tag,
  access: 'user',
  body: z.strictObject({
    name: ProjectName,
    taskType: ImageType,
    classes: ClassNames.optional(),
    deidentifies: z.boolean().default(true),
    /** The organisation that owns it; needs the right to manage there. */
    organisationId: OrganisationId.optional(),
  }),
  responses: { 201: Project },
})

export const listProjects = defineRoute({
  method: 'GET',
  path: '/projects',
  summary: 'The projects the caller may see. A new account already has one per task type.',
  tag,
  access: 'user',
  responses: { 200: z.object({ items: z.array(Project) }) },
})

export const getProject = defineRoute({
  method: 'GET',
  path: '/projects/:projectId',
  summary: 'One project.',
  tag,
  access: 'see',
  params,
  responses: { 200: Project },
})

export const updateProject = defineRoute({
  method: 'PATCH',
  path: '/projects/:projectId',
  summary:
    'Change name, classes, de-identification. Classes can be renamed and added; removing one needs no label to use it.',
  tag,
  access: 'manage',
  params,
  body: z.strictObject({
    name: ProjectName.optional(),
    classes: ClassNames.optional(),
    /** Of files that arrive from now on. */
    deidentifies: z.boolean().optional(),
    duplicates: DuplicateChoice.optional(),
  }),
  responses: { 200: Project },
})

export const deleteProject = defineRoute({
  method: 'DELETE',
  path: '/projects/:projectId',
  summary: 'Put a project and its images in the bin.',
  tag,
  access: 'own',
  params,
  responses: { 204: null },
})

export const listDeletedProjects = defineRoute({
  method: 'GET',
  path: '/bin/projects',
  summary: "The caller's projects in the bin.",
  tag,
  access: 'user',
  responses: { 200: z.object({ items: z.array(Project) }) },
})

export const restoreProject = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/restore',
  summary: 'Take a project and its images out of the bin.',
  tag,
  access: 'own',
  params,
  responses: { 200: Project },
})

export const transferProject = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/transfer',
  summary: 'Give a project to an organisation the caller manages, or to a person.',
  tag,
  access: 'own',
  params,
  body: z.union([z.strictObject({ organisationId: OrganisationId }), z.strictObject({ userId: UserId })]),
  responses: { 204: null },
})

export const getAlgorithm = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/algorithm',
  summary: "How the project's model learns.",
  tag,
  access: 'view',
  params,
  responses: { 200: Algorithm },
})

export const putAlgorithm = defineRoute({
  method: 'PUT',
  path: '/projects/:projectId/algorithm',
  summary: "Set how the project's model learns; missing fields take their defaults.",
  tag,
  access: 'manage',
  params,
  body: Algorithm,
  responses: { 200: Algorithm },
})

export const listAlgorithmVersions = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/algorithm/versions',
  summary: 'The newest hundred versions of these settings: who changed what and when.',
  tag,
  access: 'view',
  params,
  responses: { 200: z.object({ items: z.array(AlgorithmVersion) }) },
})

export const restoreAlgorithm = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/algorithm/versions/:version/restore',
  summary: 'Put an earlier version of these settings back, as a new version.',
  tag,
  access: 'manage',
  params: z.object({ projectId: ProjectId, version: z.coerce.number().int().min(0).max(2_147_483_647) }),
  responses: { 200: Algorithm },
})

export const prelabelProject = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/prelabel',
  summary: 'Ask the serving model again about every image nobody annotated.',
  tag,
  access: 'manage',
  params,
  responses: { 202: z.object({ queued: z.int() }) },
})
