import { z } from 'zod'
import { FrameFacts, ImageTiles } from '../frames.ts'
import { ImageId, ImportId, ProjectId, StudyId, UserId } from '../ids.ts'
import { DeidentificationReport, Image, ImageOrder, UploadItem } from '../image.ts'
import { ImageState } from '../image-state.ts'
import { DuplicateChoice, Import } from '../import.ts'
import { PageQuery, pageOf } from '../paging.ts'
import { ReviewState } from '../review.ts'
import { defineRoute } from '../route.ts'
import { SkipReason } from '../skip.ts'
import { Timestamp } from '../time.ts'

const tag = 'images'
const params = z.object({ imageId: ImageId })
/** Counted from 0. */
const FrameNumber = z.coerce.number().int().min(0).max(100_000).default(0)

export const uploadImages = defineRoute({
  method: 'POST',
  path: '/projects/:projectId/images',
  summary:
    'Upload images. `label` and `group` speak of the file that follows them. 201 when any was created, 422 when none, 202 when a zip archive among them goes on in the background.',
  tag,
  access: 'manage',
  params: z.object({ projectId: ProjectId }),
  query: z.object({
    /** Missing: as the project says; where that says `ask`, a duplicate is stored and told. */
    duplicates: DuplicateChoice.optional(),
  }),
  form: {
    label: { isRequired: false, isFile: false, description: 'A label file as JSON: the annotation of the next file.' },
    group: {
      isRequired: false,
      isFile: false,
      description: 'Patient or slide of the next file: images of one group never fall on both sides of a split.',
    },
    file: { isRequired: true, isFile: true, description: 'An image file.' },
  },
  responses: {
    201: z.object({ items: z.array(UploadItem) }),
    202: z.object({
      items: z.array(UploadItem),
      /** Of the first archive; mostly there is one. */
      importId: ImportId,
      imports: z.array(Import),
    }),
    422: z.object({ items: z.array(UploadItem) }),
  },
})

export const listImages = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/images',
  summary: 'The images of a project, page by page.',
  tag,
  access: 'see',
  params: z.object({ projectId: ProjectId }),
  query: PageQuery.extend({
    state: ImageState.optional(),
    annotated: z.stringbool().optional(),
    /** Images whose current label uses this class index. */
    class: z.coerce.number().int().min(0).optional(),
    /** Part of the name, whatever its case. */
    text: z.string().trim().min(1).max(200).optional(),
    /** Only those that somebody skipped, or only others. */
    skipped: z.stringbool().optional(),
    skipReason: SkipReason.optional(),
    /** Only those that may hold text in their pixels, by their file or by their looks, or only others. */
    burnedIn: z.stringbool().optional(),
    /** How sure the model is of its guess, 0..1, both ends included. */
    scoreFrom: z.coerce.number().min(0).max(1).optional(),
    scoreTo: z.coerce.number().min(0).max(1).optional(),
    annotatedBy: UserId.optional(),
    review: ReviewState.optional(),
    reviewedBy: UserId.optional(),
    /** Images that the caller reads for a study. */
    study: StudyId.optional(),
    /** Of those: whether the caller submitted their reading. */
    read: z.stringbool().optional(),
    /** Uploaded at or after, and before. */
    from: Timestamp.optional(),
    to: Timestamp.optional(),
    order: ImageOrder.default('newest'),
  }),
  responses: { 200: pageOf(Image) },
})

export const getImage = defineRoute({
  method: 'GET',
  path: '/images/:imageId',
  summary: 'One image.',
  tag,
  access: 'view',
  params,
  responses: { 200: Image },
})

export const updateImage = defineRoute({
  method: 'PATCH',
  path: '/images/:imageId',
  summary: 'Rename an image (its row only; the file keeps its name).',
  tag,
  access: 'manage',
  params,
  body: z.strictObject({ name: z.string().trim().min(1).max(255) }),
  responses: { 200: Image },
})

export const deleteImage = defineRoute({
  method: 'DELETE',
  path: '/images/:imageId',
  summary: 'Put an image in the bin.',
  tag,
  access: 'manage',
  params,
  responses: { 204: null },
})

export const restoreImage = defineRoute({
  method: 'POST',
  path: '/images/:imageId/restore',
  summary: 'Take an image out of the bin.',
  tag,
  access: 'manage',
  params,
  responses: { 200: Image },
})

export const prelabelImage = defineRoute({
  method: 'POST',
  path: '/images/:imageId/prelabel',
  summary: 'Ask the serving model again, or retry after a problem. An annotation is never overwritten.',
  tag,
  access: 'annotate',
  params,
  responses: { 202: Image },
})

export const getImageFile = defineRoute({
  method: 'GET',
  path: '/images/:imageId/file',
  summary: 'The stored file: as uploaded but for what de-identification removed; a part of it on a Range header.',
  tag,
  access: 'view',
  params,
  produces: 'application/octet-stream',
  responses: { 200: null, 206: null, 304: null, 416: null },
})

export const getImagePreview = defineRoute({
  method: 'GET',
  path: '/images/:imageId/preview',
  summary: 'A compressed preview at most `width` pixels wide, upright.',
  tag,
  access: 'view',
  params,
  query: z.object({
    width: z.coerce.number().int().min(16).max(4096).default(512),
    format: z.enum(['webp', 'jpeg', 'avif', 'png']).default('webp'),
    frame: FrameNumber,
  }),
  produces: 'image/webp',
  responses: { 200: null, 302: null, 304: null },
})

/** Of content that never changes, by an address that was signed for it and ends. */
const atCdn = { method: 'GET', tag, access: 'signed', isAtRoot: true } as const
const ofContent = params.extend({ contentHash: z.string().regex(/^[0-9a-f]{64}$/) })
const signedUntil = z.object({ expires: z.string().max(20), signature: z.string().max(100) }).loose()

export const getCdnPreview = defineRoute({
  ...atCdn,
  path: '/cdn/:imageId/:contentHash/:frame/:file',
  summary: 'A preview as a CDN fetches it: `file` is its width and format, `512.webp`.',
  params: ofContent.extend({
    frame: z.coerce.number().int().min(0).max(99_999),
    file: z.string().regex(/^\d{2,4}\.(webp|jpeg|avif|png)$/),
  }),
  query: signedUntil,
  produces: 'image/webp',
  responses: { 200: null, 304: null },
})

export const getCdnTile = defineRoute({
  ...atCdn,
  path: '/cdn/:imageId/:contentHash/:frame/:level/:column/:row',
  summary: 'A tile as a CDN fetches it.',
  params: ofContent.extend({
    frame: z.coerce.number().int().min(0).max(99_999),
    level: z.coerce.number().int().min(0).max(32),
    column: z.coerce.number().int().min(0).max(100_000),
    row: z.coerce.number().int().min(0).max(100_000),
  }),
  query: signedUntil,
  produces: 'image/png',
  responses: { 200: null, 304: null },
})

export const getImageFrames = defineRoute({
  method: 'GET',
  path: '/images/:imageId/frames',
  summary: 'What the samples of an image mean: size, depth, rescale, windows, tables, spacing.',
  tag,
  access: 'view',
  params,
  responses: { 200: FrameFacts },
})

export const getImagePixels = defineRoute({
  method: 'GET',
  path: '/images/:imageId/pixels',
  summary: 'The samples of one frame at full depth: [row, column, channel], little endian, as `frames` describes them.',
  tag,
  access: 'view',
  params,
  query: z.object({ frame: FrameNumber }),
  produces: 'application/octet-stream',
  responses: { 200: null, 304: null },
})

export const getImageTiles = defineRoute({
  method: 'GET',
  path: '/images/:imageId/tiles',
  summary:
    'How one frame is cut into tiles. They are made when first asked for, which takes a while for a large image.',
  tag,
  access: 'view',
  params,
  query: z.object({ frame: FrameNumber }),
  responses: { 200: ImageTiles },
})

export const getImageTile = defineRoute({
  method: 'GET',
  path: '/images/:imageId/tiles/:level/:column/:row',
  summary: 'One tile, as `tiles` describes them. 404 beyond the edges.',
  tag,
  access: 'view',
  params: params.extend({
    level: z.coerce.number().int().min(0).max(32),
    column: z.coerce.number().int().min(0).max(100_000),
    row: z.coerce.number().int().min(0).max(100_000),
  }),
  query: z.object({ frame: FrameNumber }),
  produces: 'image/png',
  responses: { 200: null, 302: null, 304: null },
})

export const getDeidentification = defineRoute({
  method: 'GET',
  path: '/images/:imageId/deidentification',
  summary: 'What was removed from the file on arrival. 404 when the project keeps files as they come.',
  tag,
  access: 'view',
  params,
  responses: { 200: DeidentificationReport },
})
