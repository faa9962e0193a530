import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Import, type ImportItemState, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useFileProblemText } from '../../ui/use-reason-text.ts'
import { ImportItems } from './ImportItems.tsx'
import classes from './Imports.module.css'
import { isUnderWay } from './import-queries.ts'

const LISTS = ['refused', 'duplicate', 'stored', 'label'] as const

/** One import: how far it is, what became of its files, and what can still be done. */
export function ImportCard({ given }: { given: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const problemText = useProblemText()
  const fileProblemText = useFileProblemText()
  const [shown, setShown] = useState<ImportItemState | null>(null)
  const params = { importId: given.id }
  const refresh = () => client.invalidateQueries({ queryKey: keys.imports(given.projectId) })
  const cancel = useMutation({ mutationFn: () => call(routes.cancelImport, { params }), onSuccess: refresh })
  const copy = useMutation({
    mutationFn: async () => {
      for (;;) if ((await call(routes.copyImportDuplicates, { params })).left === 0) return
    },
    onSettled: refresh,
  })
  const done = given.stored + given.refused + given.duplicates + given.labels
  const count = { refused: given.refused, duplicate: given.duplicates, stored: given.stored, label: given.labels }
  const source = given.kind === 'files' ? t('imports.filesSent', { count: Number(given.source) }) : given.source
  const seconds = given.startedAt && given.finishedAt ? secondsBetween(given.startedAt, given.finishedAt) : null
  return (
    <Card
      title={source}
      text={[
        t(`imports.states.${given.state}`),
        format.date(given.createdAt),
        seconds !== null && format.duration(seconds),
      ]
        .filter(Boolean)
        .join(' · ')}
      aside={
        isUnderWay(given) && (
          <Button variant="default" size="compact-sm" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('imports.cancel')}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        {isUnderWay(given) && (
          <Progress
            aria-label={t('imports.progress')}
            animated={given.total === null}
            value={given.total === null ? 100 : (100 * done) / Math.max(1, given.total)}
          />
        )}
        {given.error && (
          <Text role="alert" c="var(--trouble)">
            {fileProblemText(given.error)}
          </Text>
        )}
        <div className={classes.counts} aria-live="polite">
          {given.total !== null && <span>{t('imports.of', { done, total: given.total })}</span>}
          <span>{t('imports.stored', { count: given.stored })}</span>
          {given.refused > 0 && (
            <span className={classes.reason}>{t('imports.refused', { count: given.refused })}</span>
          )}
          {given.duplicates > 0 && <span>{t('imports.duplicate', { count: given.duplicates })}</span>}
          {given.labels > 0 && <span>{t('imports.labels', { count: given.labels })}</span>}
          {given.ignored > 0 && <span>{t('imports.ignored', { count: given.ignored })}</span>}
          <span>{format.bytes(given.byteSize)}</span>
        </div>
        <Group gap="xs">
          {LISTS.filter((state) => count[state] > 0).map((state) => (
            <Button
              key={state}
              size="compact-sm"
              variant={shown === state ? 'filled' : 'default'}
              aria-expanded={shown === state}
              onClick={() => setShown(shown === state ? null : state)}
            >
              {t(`imports.show.${state}`)}
            </Button>
          ))}
          {given.duplicates > 0 && !isUnderWay(given) && (
            <Button size="compact-sm" variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
              {t('imports.addCopies', { count: given.duplicates })}
            </Button>
          )}
        </Group>
        {copy.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(copy.error)}
          </Text>
        )}
        {shown && <ImportItems given={given} state={shown} count={count[shown]} />}
      </Stack>
    </Card>
  )
}

function secondsBetween(start: string, end: string): number {
  return (new Date(end).getTime() - new Date(start).getTime()) / 1000
}
