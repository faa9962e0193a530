import { z } from 'zod'
import { AnnotationImportId, ExportId, ProjectId } from '../ids.ts'
import { AnnotationImport, Export, ExportRequest, FormatName, ImportChoices, MarkOrigin } from '../interchange.ts'
import { defineRoute } from '../route.ts'

const tag = 'interchange'
const inProject = z.object({ projectId: ProjectId })
const ofExport = z.object({ exportId: ExportId })
const ofImport = z.object({ importId: AnnotationImportId })

export const createExport = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/exports',
  summary: 'Write annotations, or guesses, of the images a filter finds into a zip archive, in the background.',
  tag,
  access: 'view',
  params: inProject,
  body: ExportRequest,
  responses: { 202: Export },
})

export const listExports = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/exports',
  summary: 'The exports of the last days, newest first.',
  tag,
  access: 'view',
  params: inProject,
  responses: { 200: z.object({ items: z.array(Export) }) },
})

export const getExport = defineRoute({
  method: 'GET',
  path: '/exports/:exportId',
  summary: 'How far an export is.',
  tag,
  access: 'view',
  params: ofExport,
  responses: { 200: Export },
})

export const deleteExport = defineRoute({
  method: 'DELETE',
  path: '/exports/:exportId',
  summary: 'Stop an export, or remove its file.',
  tag,
  access: 'manage',
  params: ofExport,
  responses: { 204: null },
})

export const getExportFile = defineRoute({
  method: 'GET',
  path: '/exports/:exportId/file',
  summary: 'The finished archive. What its format could not hold is listed in `export-report.txt` inside.',
  tag,
  access: 'view',
  params: ofExport,
  produces: 'application/zip',
  responses: { 200: null },
})

export const createAnnotationImport = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/annotation-imports',
  summary:
    'Send annotations for images that are there already, found by their names (DICOM: by their UIDs). Zip archives are opened. Nothing changes before it is applied.',
  tag,
  access: 'manage',
  params: inProject,
  query: z.object({
    /** Recognised from the files where it is missing. */
    format: FormatName.optional(),
    /** `guesses`: read what the files keep as predictions, and bring everything in as guesses. */
    content: MarkOrigin.default('annotations'),
  }),
  form: { file: { isRequired: true, isFile: true, description: 'An annotation file, or a zip archive of them.' } },
  responses: { 202: AnnotationImport },
})

export const listAnnotationImports = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/annotation-imports',
  summary: 'The imports of the last days, newest first.',
  tag,
  access: 'manage',
  params: inProject,
  responses: { 200: z.object({ items: z.array(AnnotationImport) }) },
})

export const getAnnotationImport = defineRoute({
  method: 'GET',
  path: '/annotation-imports/:importId',
  summary: 'How far an import is, what it would do or has done.',
  tag,
  access: 'manage',
  params: ofImport,
  responses: { 200: AnnotationImport },
})

export const previewAnnotationImport = defineRoute({
  method: 'POST',
  path: '/annotation-imports/:importId/preview',
  summary: 'What an import that is ready would do under other choices. They are kept.',
  tag,
  access: 'manage',
  params: ofImport,
  body: ImportChoices,
  responses: { 200: AnnotationImport },
})

export const applyAnnotationImport = defineRoute({
  method: 'POST',
  path: '/annotation-imports/:importId/apply',
  summary: 'Write the labels, in the background.',
  tag,
  access: 'manage',
  params: ofImport,
  body: ImportChoices,
  responses: { 202: AnnotationImport },
})

export const deleteAnnotationImport = defineRoute({
  method: 'DELETE',
  path: '/annotation-imports/:importId',
  summary: 'Forget an import and its files. What it has written stays.',
  tag,
  access: 'manage',
  params: ofImport,
  responses: { 204: null },
})
