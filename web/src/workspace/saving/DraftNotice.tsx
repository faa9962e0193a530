import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { PanelNotice } from '../PanelNotice.tsx'
import type { LeftDraft } from '../use-label.ts'
import classes from './DraftNotice.module.css'

/** That an earlier sitting left something, and what to do with it where the label or the classes changed since. */
export function DraftNotice({ left }: { left: LeftDraft | null }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  if (!left) return null
  return (
    <PanelNotice title={t('draft.title')} isNews>
      <p className={classes.text}>{left.error ? problemText(left.error) : t('draft.text')}</p>
      <Group gap={6}>
        <Button size="compact-xs" loading={left.isBusy} onClick={left.takeUp}>
          {t('draft.takeUp')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={left.throwAway}>
          {t('draft.throwAway')}
        </Button>
      </Group>
    </PanelNotice>
  )
}
