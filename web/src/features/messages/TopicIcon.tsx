import { IconArticle, IconMapPin, IconPhoto, IconUser, IconUsers, IconUsersGroup } from '@tabler/icons-react'
import type { Topic } from '@vesalius/contracts'

export function TopicIcon({ topic, size = 16 }: { topic: Topic; size?: number }) {
  const look = { size, stroke: 1.7, 'aria-hidden': true, style: { flex: 'none' } } as const
  switch (topic.kind) {
    case 'people':
      return topic.people.length > 2 ? <IconUsers {...look} /> : <IconUser {...look} />
    case 'organisation':
      return <IconUsersGroup {...look} />
    case 'image':
      return topic.place ? <IconMapPin {...look} /> : <IconPhoto {...look} />
    case 'article':
      return <IconArticle {...look} />
  }
}
