import { Alert, Button, Group } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import type { Article } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../ui/LinkButton.tsx'

/** Two people wrote at once: one's own text stays where it is until its author decides. */
export function ConflictNotice({ article, onOverwrite }: { article: Article; onOverwrite: () => void }) {
  const { t } = useTranslation()
  return (
    <Alert role="alert" color="ochre" icon={<IconUsers size={18} />} title={t('articles.conflictTitle')}>
      {t('articles.conflictText')}
      <Group gap="xs" mt="sm">
        <LinkButton
          variant="default"
          target="_blank"
          to="/articles/$articleId/history"
          params={{ articleId: article.id }}
          search={{}}
        >
          {t('articles.seeTheirs')}
        </LinkButton>
        <Button variant="default" onClick={onOverwrite}>
          {t('articles.saveMine')}
        </Button>
      </Group>
    </Alert>
  )
}
