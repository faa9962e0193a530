import { ActionIcon } from '@mantine/core'
import { IconBook2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ProjectId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { guidelineQuery } from './article-queries.ts'

interface Props {
  projectId: ProjectId
  isOpen: boolean
  onToggle: () => void
}

/** Opens the project's guideline beside the image, which stays in use; nothing where there is none. */
export function GuidelineButton({ projectId, isOpen, onToggle }: Props) {
  const { t } = useTranslation()
  const guideline = useQuery(guidelineQuery(projectId)).data
  if (!guideline) return null
  return (
    <ActionIcon
      variant={isOpen ? 'light' : 'subtle'}
      {...(isOpen ? {} : { color: 'gray' })}
      aria-label={t('articles.guideline')}
      title={t('articles.guideline')}
      aria-expanded={isOpen}
      onClick={onToggle}
    >
      <IconBook2 size={18} />
    </ActionIcon>
  )
}
