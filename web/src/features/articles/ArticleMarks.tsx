import { Badge } from '@mantine/core'
import { IconSnowflake } from '@tabler/icons-react'
import type { Article } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'

/** Draft, frozen, and who reads it. */
export function ArticleMarks({ article }: { article: Article }) {
  const { t } = useTranslation()
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 6 }}>
      {article.state === 'draft' && (
        <Badge variant="default" tt="none" style={{ color: 'var(--model)', background: 'var(--model-fill)' }}>
          {t('articles.draft')}
        </Badge>
      )}
      {article.frozenAt && (
        <Badge variant="default" tt="none" leftSection={<IconSnowflake size={12} />}>
          {t('articles.frozen')}
        </Badge>
      )}
      <Badge variant="default" tt="none">
        {article.homeName ?? t(`articles.readers.${article.visibility}`)}
      </Badge>
    </span>
  )
}
