import { useQueryClient } from '@tanstack/react-query'
import type { Image } from '@vesalius/contracts'
import { useEffect } from 'react'
import { labelQuery } from '../../features/images/image-queries.ts'
import { readAhead } from '../marks/prepare-marks.ts'
import { usePrefetchFrames } from '../viewport/frames/frames-context.tsx'

const AHEAD = 3

/** Fetches label and picture of the next images and reads their masks, so that going on never waits. */
export function usePrefetch(items: readonly Image[], position: number): void {
  const client = useQueryClient()
  const upcoming = items.slice(position + 1, position + 1 + AHEAD).map((item) => item.id)
  const ahead = upcoming.join()
  usePrefetchFrames(items.slice(position + 1, position + 1 + AHEAD))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined ids stand for the list
  useEffect(() => {
    const abort = new AbortController()
    for (const id of upcoming) {
      client.fetchQuery({ ...labelQuery(id), staleTime: 20_000 }).then(
        ({ label }) => readAhead(label, abort.signal),
        // It is asked for again when it is looked at, and what is wrong is told then.
        () => {},
      )
    }
    return () => abort.abort()
  }, [ahead, client])
}
