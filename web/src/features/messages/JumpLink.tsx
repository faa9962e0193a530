import { IconArrowUpRight } from '@tabler/icons-react'
import type { Topic } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../ui/LinkButton.tsx'

/** Leads to what a thread is about: the image, with the discussion open at its place, or the article. */
export function JumpLink({ topic }: { topic: Topic }) {
  const { t } = useTranslation()
  const look = { size: 'compact-sm', variant: 'light', rightSection: <IconArrowUpRight size={14} /> } as const
  if (topic.kind === 'article') {
    return (
      <LinkButton {...look} to="/articles/$articleId" params={{ articleId: topic.articleId }}>
        {t('messages.toArticle')}
      </LinkButton>
    )
  }
  if (topic.kind !== 'image') return null
  return (
    <LinkButton
      {...look}
      to="/projects/$projectId/annotate"
      params={{ projectId: topic.projectId }}
      search={{ image: topic.imageId, discussion: topic.id }}
    >
      {t(topic.place ? 'messages.toPlace' : 'messages.toImage')}
    </LinkButton>
  )
}
