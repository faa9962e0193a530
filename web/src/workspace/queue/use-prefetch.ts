import { useQueryClient } from '@tanstack/react-query'
import type { Image } from '@vesalius/contracts'
import { useEffect } from 'react'
import { fileUrl, labelQuery } from '../../features/images/image-queries.ts'

const AHEAD = 3

/** Fetches label and picture of the next images, so that going on never waits. */
export function usePrefetch(items: readonly Image[], position: number): void {
  const client = useQueryClient()
  const upcoming = items.slice(position + 1, position + 1 + AHEAD).map((item) => item.id)
  const ahead = upcoming.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined ids stand for the list
  useEffect(() => {
    for (const id of upcoming) {
      void client.prefetchQuery({ ...labelQuery(id), staleTime: 20_000 })
      new window.Image().src = fileUrl(id)
    }
  }, [ahead, client])
}
