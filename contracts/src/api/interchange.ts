import { z } from 'zod'
import { ProjectId } from '../ids.ts'
import { FormatName, ImportReport } from '../interchange.ts'
import { defineRoute } from '../route.ts'

const tag = 'interchange'
const params = z.object({ projectId: ProjectId })

export const exportProject = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/export',
  summary: 'Annotations as a zip archive. What the format cannot hold is listed in `export-report.txt` inside.',
  tag,
  access: 'user',
  params,
  query: z.object({
    format: FormatName,
    /** `all`: images nobody annotated are listed too, without marks; the archive gives their label files as they are. */
    which: z.enum(['annotated', 'all']).default('annotated'),
    /** Whether the image files come along. */
    images: z.stringbool().default(false),
  }),
  produces: 'application/zip',
  responses: { 200: null },
})

export const importAnnotations = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/import',
  summary: 'Annotations for images that are there already, found by their names. Zip archives are opened.',
  tag,
  access: 'user',
  params,
  query: z.object({
    format: FormatName,
    /** Only tells what would be written. */
    dryRun: z.stringbool().default(false),
    /** Whether images that a person annotated already get the new label. */
    replace: z.stringbool().default(false),
  }),
  form: { file: { isRequired: true, isFile: true, description: 'An annotation file, or a zip archive of them.' } },
  responses: { 200: ImportReport },
})
