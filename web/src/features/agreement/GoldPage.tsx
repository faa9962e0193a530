import { ActionIcon } from '@mantine/core'
import { IconMedal, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { holdsRight, type ImageId, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { previewUrl } from '../images/image-queries.ts'
import { useProject } from '../projects/use-project.ts'
import studies from '../readings/Studies.module.css'
import { goldQuery } from '../readings/study-queries.ts'
import classes from './Agreement.module.css'
import { GoldScores } from './GoldScores.tsx'
import { OwnGoldScore } from './OwnGoldScore.tsx'

/** References that annotators do not see, and how everybody did on them. */
export function GoldPage() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const act = useAct()
  const mayReview = holdsRight(project.access, 'review')
  const gold = useQuery({ ...goldQuery(project.id), enabled: mayReview })
  if (!mayReview) {
    return (
      <Page>
        <div className={studies.list}>
          <OwnGoldScore project={project} isAlone />
        </div>
      </Page>
    )
  }
  if (gold.isPending) return <Waiting />
  if (gold.isError) return <ErrorNotice error={gold.error} onRetry={() => void gold.refetch()} />
  const { items, scores } = gold.data
  const end = (imageId: ImageId) =>
    act(async () => {
      await call(routes.endGold, { params: { imageId } })
      await client.invalidateQueries({ queryKey: keys.gold(project.id) })
    })
  if (items.length === 0) {
    return (
      <Notice
        icon={<IconMedal size={26} stroke={1.6} />}
        title={t('gold.emptyTitle')}
        actions={
          <LinkButton
            variant="default"
            to="/projects/$projectId"
            params={{ projectId: project.id }}
            search={{ annotated: true }}
          >
            {t('gold.choose')}
          </LinkButton>
        }
      >
        {t('gold.emptyText')}
      </Notice>
    )
  }
  return (
    <Page>
      <div className={studies.list}>
        <Card title={t('gold.scores')} text={t('gold.scoresText')}>
          <GoldScores project={project} scores={scores} />
        </Card>
        <Card title={t('gold.images', { count: items.length })}>
          <ul className={classes.worst}>
            {items.map(({ imageId, name, answers }) => (
              <li key={imageId}>
                <img src={previewUrl(imageId, 160)} alt="" loading="lazy" />
                <span className={classes.score}>
                  <span>{name}</span>
                  {holdsRight(project.access, 'manage') && (
                    <ActionIcon
                      ml="auto"
                      size="sm"
                      variant="subtle"
                      color="gray"
                      aria-label={t('gold.end', { name })}
                      title={t('gold.end', { name })}
                      onClick={() => end(imageId)}
                    >
                      <IconX size={14} />
                    </ActionIcon>
                  )}
                </span>
                <span className={classes.score}>{t('gold.answers', { count: answers })}</span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </Page>
  )
}
