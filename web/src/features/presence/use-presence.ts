import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type Activity,
  API_PREFIX,
  fillPath,
  type ImageId,
  PRESENCE_BEAT_MS,
  type Presence,
  routes,
} from '@vesalius/contracts'
import { useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { meQuery } from '../accounts/account-queries.ts'

/** Says that this page shows an image for as long as it does, and gives who else has it open. */
export function usePresence(imageId: ImageId, activity: Activity): Presence[] {
  const client = useQueryClient()
  const [tab] = useState(() => crypto.randomUUID())
  const me = useQuery(meQuery).data?.id
  const present = useQuery<Presence[]>({ queryKey: keys.presence(imageId), queryFn: skipToken }).data ?? []
  useEffect(() => {
    let isHere = true
    const beat = () =>
      call(routes.announcePresence, { params: { imageId }, body: { tab, activity } }).then(
        ({ items }) => isHere && client.setQueryData(keys.presence(imageId), items),
        // Nobody's work depends on it; the next beat tries again.
        () => {},
      )
    void beat()
    const timer = setInterval(() => void beat(), PRESENCE_BEAT_MS)
    return () => {
      isHere = false
      clearInterval(timer)
    }
  }, [client, imageId, tab, activity])
  useEffect(() => {
    // `keepalive` lets the request outlive the page.
    const leave = () =>
      void fetch(API_PREFIX + fillPath(routes.leaveImage.path, { imageId }), {
        method: routes.leaveImage.method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tab }),
        keepalive: true,
      }).catch(() => {})
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [imageId, tab])
  return present.filter(({ id }) => id !== me)
}
