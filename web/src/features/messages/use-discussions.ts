import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Image, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { usePin } from '../reviews/use-pin.ts'
import { attachedImages } from './attached-images.ts'
import { inBrief } from './in-brief.ts'
import { discussionsQuery } from './message-queries.ts'

/** What people talk about an image, which of it is open (by its topic; `asked`: by the address), and the place where a new question is being pinned. */
export function useDiscussions(image: Image, asked: string | undefined) {
  const client = useQueryClient()
  const known = useQuery(discussionsQuery(image.id))
  const [chosen, setChosen] = useState<{ imageId: string; id: string | null; asked: string | undefined } | null>(null)
  const pin = usePin(image)
  const isChosen = chosen?.imageId === image.id && chosen.asked === asked
  const list = known.data ?? []
  return {
    ...{ error: known.error, isPending: known.isPending },
    ...pin,
    list,
    projectId: image.projectId,
    items: list.map(({ topic, first }, at) => ({
      id: topic.id as string,
      number: at + 1,
      text: inBrief(first.text, 120),
      place: topic.kind === 'image' ? topic.place : null,
    })),
    opened: isChosen ? chosen.id : (asked ?? null),
    open: (id: string | null) => setChosen({ imageId: image.id, id, asked }),
    ask: async (text: string) => {
      const to = { kind: 'image' as const, imageId: image.id, place: pin.place }
      const { topic } = await call(routes.postMessage, { body: { to, text, images: attachedImages(text) } })
      pin.forgetPin()
      await client.invalidateQueries({ queryKey: keys.discussions(image.id) })
      setChosen({ imageId: image.id, id: topic.id, asked })
    },
  }
}
export type Discussions = ReturnType<typeof useDiscussions>
