import { Button, Group, Text } from '@mantine/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/use-problem-text.ts'

type Saving = Pick<UseMutationResult<unknown, Error, void>, 'isError' | 'error' | 'isPending' | 'isSuccess'>

/** The end of a form of rules: what went wrong, the button that saves, and that it is done. */
export function SaveRow({ save, isChanged }: { save: Saving; isChanged: boolean }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  return (
    <>
      {save.isError && (
        <Text role="alert" c="var(--trouble)">
          {problemText(save.error)}
        </Text>
      )}
      <Group gap="sm">
        <Button type="submit" disabled={!isChanged} loading={save.isPending}>
          {t('rules.save')}
        </Button>
        {save.isSuccess && !isChanged && <Text role="status">{t('rules.saved')}</Text>}
      </Group>
    </>
  )
}
