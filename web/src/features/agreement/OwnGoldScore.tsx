import { IconMedal } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ownGoldQuery } from '../readings/study-queries.ts'
import { GoldScores } from './GoldScores.tsx'

/** An annotator's own score, where the project shows it. `isAlone`: nothing else stands on the page. */
export function OwnGoldScore({ project, isAlone = false }: { project: Project; isAlone?: boolean }) {
  const { t } = useTranslation()
  const score = useQuery(ownGoldQuery(project.id)).data
  if (score) {
    return (
      <Card title={t('gold.mine')} text={t('gold.mineText')}>
        <GoldScores project={project} scores={[score]} />
      </Card>
    )
  }
  if (!isAlone) return null
  return (
    <Notice icon={<IconMedal size={26} stroke={1.6} />} title={t('gold.hiddenTitle')}>
      {t('gold.hiddenText')}
    </Notice>
  )
}
