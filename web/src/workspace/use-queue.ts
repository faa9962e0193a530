import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type Image, type ImageId, type Project, routes } from '@vesalius/contracts'
import { useEffect } from 'react'
import { call } from '../api/call.ts'
import type { ImageFilter } from '../features/images/image-filter.ts'
import { queueQuery } from '../features/images/image-queries.ts'

const FETCH_AHEAD = 20

/** The images to go through, in a fixed order, and the one being looked at. */
export function useQueue(project: Project, filter: ImageFilter, imageId: string | undefined) {
  const pages = useInfiniteQuery(queueQuery(project.id, filter))
  const listed = pages.data?.pages.flatMap((page) => page.items) ?? []
  const isMissing = imageId !== undefined && pages.isSuccess && !listed.some((item) => item.id === imageId)
  const lone = useQuery({
    queryKey: ['image', imageId],
    queryFn: ({ signal }) => call(routes.getImage, { params: { imageId: imageId as ImageId }, signal }),
    enabled: isMissing,
  }).data
  const items: Image[] = isMissing && lone ? [lone, ...listed] : listed
  const found = items.findIndex((item) => item.id === imageId)
  const position = imageId === undefined || found === -1 ? 0 : found
  const { hasNextPage, isFetching, fetchNextPage } = pages
  const needsMore = position >= items.length - FETCH_AHEAD && hasNextPage && !isFetching
  useEffect(() => {
    if (needsMore) void fetchNextPage()
  }, [needsMore, fetchNextPage])
  return { pages, items, position, image: items[position], isWaiting: isMissing && !lone }
}
