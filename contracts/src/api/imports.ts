import { z } from 'zod'
import { ImageId, ImportId, ProjectId } from '../ids.ts'
import { UploadItem } from '../image.ts'
import { DuplicateChoice, Import, ImportItem, ImportItemState, ImportRequest } from '../import.ts'
import { PageQuery, pageOf } from '../paging.ts'
import { defineRoute } from '../route.ts'

const tag = 'imports'
const params = z.object({ importId: ImportId })
const inProject = z.object({ projectId: ProjectId })

export const createImport = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/imports',
  summary:
    'Make images of many files in the background: sent as a form (up to 20,000, archives among them), or named as JSON.',
  tag,
  access: 'manage',
  params: inProject,
  query: z.object({ duplicates: DuplicateChoice.optional() }),
  form: { file: { isRequired: true, isFile: true, description: 'An image file, or a zip archive of them.' } },
  body: ImportRequest,
  responses: { 202: Import },
})

export const listImports = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/imports',
  summary: 'The imports of a project, newest first.',
  tag,
  access: 'manage',
  params: inProject,
  responses: { 200: z.object({ items: z.array(Import) }) },
})

export const getImport = defineRoute({
  method: 'GET',
  path: '/imports/:importId',
  summary: 'How far an import is.',
  tag,
  access: 'manage',
  params,
  responses: { 200: Import },
})

export const listImportItems = defineRoute({
  method: 'GET',
  path: '/imports/:importId/items',
  summary: 'What became of each file, in the order in which they were done.',
  tag,
  access: 'manage',
  params,
  query: PageQuery.extend({ state: ImportItemState.optional() }),
  responses: { 200: pageOf(ImportItem) },
})

export const cancelImport = defineRoute({
  method: 'DELETE',
  path: '/imports/:importId',
  summary: 'Stop an import. Images it made already stay.',
  tag,
  access: 'manage',
  params,
  responses: { 202: Import },
})

export const copyImportDuplicates = defineRoute({
  method: 'POST',
  path: '/imports/:importId/copies',
  summary: 'Add what an import left out as a duplicate: each as an image of the file that is there already.',
  tag,
  access: 'manage',
  params,
  responses: { 200: z.object({ copied: z.array(ImageId), left: z.int() }) },
})

export const listImportFolders = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/import-folders',
  summary:
    'Folders of the server that can be imported into the project from: the allowed ones, or those inside `path`.',
  tag,
  access: 'manage',
  params: inProject,
  query: z.object({ path: z.string().min(1).max(4096).optional() }),
  responses: {
    200: z.object({
      folders: z.array(z.object({ name: z.string(), path: z.string() })),
      /** Files directly in `path`. */
      files: z.int(),
    }),
  },
})

export const getUpload = defineRoute({
  method: 'GET',
  path: '/uploads/:uploadId/result',
  summary:
    'What became of an upload sent in pieces (tus 1.0 at `/uploads`, with the metadata `projectId`, `filename` and, optionally, `duplicates`, `label`, `group`). Its image or import has the id of the upload.',
  tag,
  access: 'mine',
  params: z.object({ uploadId: z.uuid() }),
  responses: { 200: z.object({ items: z.array(UploadItem), import: Import.nullable() }) },
})
