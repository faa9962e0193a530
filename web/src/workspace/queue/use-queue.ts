import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Image, type ImageId, type Project, routes } from '@vesalius/contracts'
import { useEffect, useMemo, useRef } from 'react'
import { call } from '../../api/call.ts'
import type { ImageFilter } from '../../features/images/image-filter.ts'
import { fetchImagePage, queueQuery } from '../../features/images/image-queries.ts'
import { useLiveOrder } from '../../features/images/use-live-order.ts'
import { keepSeen, withoutRepeats } from './keep-seen.ts'

const FETCH_AHEAD = 20

/**
 * The images to go through and the one being looked at. Their order holds, save that "most uncertain first" follows
 * new guesses: then what is still to come is sorted anew, and what was seen stays where it is.
 */
export function useQueue(project: Project, filter: ImageFilter, imageId: string | undefined) {
  const client = useQueryClient()
  const pages = useInfiniteQuery(queueQuery(project.id, filter))
  const listed = useMemo(() => withoutRepeats(pages.data?.pages.flatMap((page) => page.items) ?? []), [pages.data])
  const isMissing = imageId !== undefined && pages.isSuccess && !listed.some((item) => item.id === imageId)
  const lone = useQuery({
    queryKey: ['image', imageId],
    queryFn: ({ signal }) => call(routes.getImage, { params: { imageId: imageId as ImageId }, signal }),
    enabled: isMissing,
  })
  const items: Image[] = isMissing && lone.data ? [lone.data, ...listed] : listed
  const found = items.findIndex((item) => item.id === imageId)
  const position = imageId === undefined || found === -1 ? 0 : found
  const furthest = useRef(0)
  useEffect(() => {
    furthest.current = Math.max(furthest.current, position)
  }, [position])
  const reorder = async () => {
    const fresh = await fetchImagePage(project.id, filter, null)
    const { queryKey } = queueQuery(project.id, filter)
    await client.cancelQueries({ queryKey })
    client.setQueryData(queryKey, keepSeen(items.slice(0, furthest.current + 1), fresh))
  }
  // A failure here costs only the new order; the next guess asks again.
  useLiveOrder(filter.order === 'uncertain' || filter.order === 'next', listed, () => void reorder().catch(() => {}))
  const { hasNextPage, isFetching, fetchNextPage } = pages
  const needsMore = position >= items.length - FETCH_AHEAD && hasNextPage && !isFetching
  useEffect(() => {
    if (needsMore) void fetchNextPage()
  }, [needsMore, fetchNextPage])
  return { pages, items, position, image: items[position], isWaiting: isMissing && lone.isPending }
}
