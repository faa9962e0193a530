import { z } from 'zod'

/** Formats annotations are written and read in. */
export const FormatName = z
  .enum([
    'archive',
    'coco',
    'coco-polygons',
    'yolo',
    'voc',
    'label-me',
    'cvat',
    'label-studio',
    'image-folder',
    'png-semantic',
    'png-instance',
    'csv',
    'geojson',
  ])
  .meta({ id: 'FormatName' })
export type FormatName = z.infer<typeof FormatName>

/** Something in the files that did not come over, and where it is. */
export const ImportProblem = z
  .object({
    reason: z.string(),
    file: z.string().optional(),
    line: z.int().optional(),
    image: z.string().optional(),
  })
  .meta({ id: 'ImportProblem' })
export type ImportProblem = z.infer<typeof ImportProblem>

export const ImportReport = z
  .object({
    isDryRun: z.boolean(),
    /** Images whose label was written, or would be. */
    written: z.int(),
    /** Images left as they are because a person annotated them already. */
    alreadyAnnotated: z.int(),
    /** Images the files name without saying anything the project can hold. */
    empty: z.int(),
    /** Names in the files that no image of the project has; the first 1000 of them. */
    unmatched: z.array(z.string()),
    unmatchedCount: z.int(),
    /** Classes in the files that the project does not have. */
    missingClasses: z.array(z.string()),
    problems: z.array(ImportProblem),
  })
  .meta({ id: 'ImportReport' })
export type ImportReport = z.infer<typeof ImportReport>
