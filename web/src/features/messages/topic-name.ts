import { useQuery } from '@tanstack/react-query'
import type { Topic } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../accounts/account-queries.ts'

/** What a thread is about, in few words: the others, the organisation, the image, the article. */
export function useTopicName(): (topic: Topic) => string {
  const { t } = useTranslation()
  const me = useQuery(meQuery).data?.id
  return (topic) => {
    if (topic.kind !== 'people') return topic.name
    const others = topic.people.filter(({ id }) => id !== me).map(({ username }) => username)
    return others.length > 0 ? others.join(', ') : t('messages.toMyself')
  }
}
