import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { openEventStream } from '../../api/event-stream.ts'
import { meQuery } from '../accounts/account-queries.ts'

const NOTICED_AFTER_MS = 2500

/**
 * Lives from the server's event stream; answers whether it has been lost for longer than a hiccup. Where the session
 * has ended it leads to the sign-in page, and from there back here.
 */
export function useConnection(): boolean {
  const client = useQueryClient()
  const navigate = useNavigate()
  const me = useQuery(meQuery).data
  const here = useRouterState({ select: (state) => state.location.href })
  const [isLost, setIsLost] = useState(false)
  const [isNoticed, setIsNoticed] = useState(false)
  useEffect(() => openEventStream(client, setIsLost), [client])
  useEffect(() => {
    const timer = window.setTimeout(() => setIsNoticed(isLost), isLost ? NOTICED_AFTER_MS : 0)
    return () => window.clearTimeout(timer)
  }, [isLost])
  const hasEnded = me === null
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, from wherever the session ended
  useEffect(() => {
    if (hasEnded) void navigate({ to: '/sign-in', search: here === '/' ? {} : { to: here } })
  }, [hasEnded])
  return isNoticed
}
