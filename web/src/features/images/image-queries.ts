import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type ImageId, type LabelFile, type ProjectId, routes } from '@vesalius/contracts'
import { call, exchange, urlOf } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import type { ImagePage } from '../../api/patch-caches.ts'
import { type ImageFilter, queryOf } from './image-filter.ts'

const PAGE = 100

/** One page of a project's images, from `cursor` on. */
export function fetchImagePage(
  projectId: ProjectId,
  filter: ImageFilter,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<ImagePage> {
  const query = { ...queryOf(filter), limit: PAGE, cursor: cursor ?? undefined }
  return call(routes.listImages, { params: { projectId }, query, signal } as never)
}

const pagesOf = (projectId: ProjectId, filter: ImageFilter) => ({
  queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
    fetchImagePage(projectId, filter, pageParam, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page: ImagePage) => page.nextCursor,
})

export const imagesQuery = (projectId: ProjectId, filter: ImageFilter) =>
  infiniteQueryOptions({ queryKey: keys.images(projectId, filter), ...pagesOf(projectId, filter) })

/** As the gallery's list, but what leaves the filter while one works stays in the queue until it is opened anew. */
export const queueQuery = (projectId: ProjectId, filter: ImageFilter) =>
  infiniteQueryOptions({
    queryKey: keys.queue(projectId, filter),
    ...pagesOf(projectId, filter),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export interface TaggedLabel {
  label: LabelFile
  etag: string | null
}

export const labelQuery = (imageId: ImageId) =>
  queryOptions({
    queryKey: keys.label(imageId),
    staleTime: 0,
    queryFn: async ({ signal }): Promise<TaggedLabel> => {
      const { body, etag } = await exchange(routes.getLabel, { params: { imageId }, signal })
      return { label: body, etag }
    },
  })

export const predictionsQuery = (imageId: ImageId) =>
  queryOptions({
    queryKey: keys.predictions(imageId),
    queryFn: async ({ signal }) => (await call(routes.listPredictions, { params: { imageId }, signal })).items,
  })

export const previewUrl = (imageId: string, width: number, frame = 0) =>
  urlOf(routes.getImagePreview, { params: { imageId }, query: { width, frame } })
export const fileUrl = (imageId: string) => urlOf(routes.getImageFile, { params: { imageId } })
