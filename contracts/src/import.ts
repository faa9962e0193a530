import { z } from 'zod'
import { Problem } from './errors.ts'
import { ImageId, ImportId, ProjectId } from './ids.ts'
import { Timestamp } from './time.ts'

/**
 * What happens to a file whose content the project holds already: it becomes an image of the same file (`copy`), an
 * image with a file of its own (`keep`), is left out (`skip`), or is left out and told, for a person to decide (`ask`).
 */
export const DuplicateChoice = z.enum(['ask', 'copy', 'keep', 'skip']).meta({ id: 'DuplicateChoice' })
export type DuplicateChoice = z.infer<typeof DuplicateChoice>

/** Where the files of an import come from: sent along, one archive, a folder of the server, an address, a DICOMweb server. */
export const ImportKind = z.enum(['files', 'archive', 'folder', 'address', 'dicomweb'])
export type ImportKind = z.infer<typeof ImportKind>

export const ImportState = z.enum(['pending', 'running', 'succeeded', 'failed', 'cancelled'])
export type ImportState = z.infer<typeof ImportState>

/** Many files that become images in the background, one report for all. */
export const Import = z
  .object({
    id: ImportId,
    projectId: ProjectId,
    kind: ImportKind,
    /** What a person calls its source: the archive's name, the folder, the address. */
    source: z.string(),
    state: ImportState,
    /** Files found; null until they are counted. */
    total: z.int().nullable(),
    stored: z.int(),
    refused: z.int(),
    /** Label files that became the annotations of images. */
    labels: z.int(),
    /** Left out, because the project holds the same content already. */
    duplicates: z.int(),
    /** Entries that are no files of a person: folders, hidden files, notes of an operating system. */
    ignored: z.int(),
    byteSize: z.int(),
    /** Why the whole import ended early. */
    error: Problem.nullable(),
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Import' })
export type Import = z.infer<typeof Import>

export const ImportItemState = z.enum(['stored', 'refused', 'duplicate', 'label'])
export type ImportItemState = z.infer<typeof ImportItemState>

/** What became of one file; `label`: it is the annotation of an image, of the same name, that came along. */
export const ImportItem = z
  .object({
    /** Grows in the order in which files were done. */
    position: z.int(),
    /** Its place in the archive or folder. */
    path: z.string(),
    state: ImportItemState,
    /** The new image, or the one with the same content. */
    imageId: ImageId.nullable(),
    error: Problem.nullable(),
  })
  .meta({ id: 'ImportItem' })
export type ImportItem = z.infer<typeof ImportItem>

/** What to import without sending it. */
export const ImportRequest = z
  .discriminatedUnion('kind', [
    /** A folder of the server, inside one that `VESALIUS_IMPORT_DIRS` names. */
    z.strictObject({
      kind: z.literal('folder'),
      path: z.string().min(1).max(4096),
      duplicates: DuplicateChoice.optional(),
    }),
    /** `https://`, `http://`, `s3://bucket/key` or `oss://bucket/key`: an archive, a picture, or all below a key that ends with `/`. */
    z.strictObject({
      kind: z.literal('address'),
      url: z.string().trim().min(1).max(4096),
      duplicates: DuplicateChoice.optional(),
    }),
  ])
  .meta({ id: 'ImportRequest' })
export type ImportRequest = z.infer<typeof ImportRequest>
