import { ActionIcon, Anchor, Progress, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type Export, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call, urlOf } from '../../api/call.ts'
import { useAct } from '../../ui/use-act.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from './Interchange.module.css'
import { exportsQuery } from './interchange-queries.ts'

/** The exports of the last days: how far each is, its file, and what its format could not hold. */
export function ExportList({ exports }: { exports: readonly Export[] }) {
  const { t } = useTranslation()
  if (exports.length === 0) return null
  return (
    <div>
      <Text component="h3" fw={600} size="sm" mb={6}>
        {t('interchange.recent')}
      </Text>
      <ul className={classes.list}>
        {exports.map((item) => (
          <ExportRow key={item.id} item={item} />
        ))}
      </ul>
    </div>
  )
}

function ExportRow({ item }: { item: Export }) {
  const { t, i18n } = useTranslation()
  const problemText = useProblemText()
  const client = useQueryClient()
  const act = useAct()
  const { state, progress, result, problem } = item
  const isOpen = state === 'pending' || state === 'running'
  const name = t(`interchange.formats.${item.format}`)
  const made = new Date(item.createdAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const remove = async () => {
    await call(routes.deleteExport, { params: { exportId: item.id } })
    await client.invalidateQueries({ queryKey: exportsQuery(item.projectId).queryKey })
  }
  return (
    <li className={classes.row}>
      <Stack gap={2} style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={500}>
          {name}
          {item.content === 'guesses' && ` · ${t('interchange.contents.guesses')}`}
          {item.images && ` · ${t('interchange.withImages')}`}
        </Text>
        <Text size="xs" c="var(--ink-soft)">
          {made}
          {result &&
            ` · ${t('interchange.exported', { images: result.images, marks: result.marks, size: megabytes(result.byteSize) })}`}
        </Text>
        {result && result.problems > 0 && (
          <Text size="xs" c="var(--ink-soft)">
            {t('interchange.exportLosses', { count: result.problems })}
          </Text>
        )}
        {isOpen && (
          <Progress
            aria-label={t('interchange.making', { name })}
            value={progress.total > 0 ? (100 * progress.done) / progress.total : 100}
            animated
            mt={4}
          />
        )}
        {problem && (
          <Text size="xs" c="var(--trouble)" role="alert">
            {problemText(problem)}
          </Text>
        )}
      </Stack>
      {state === 'succeeded' && (
        <Anchor href={urlOf(routes.getExportFile, { params: { exportId: item.id } })} download size="sm">
          {t('interchange.download')}
        </Anchor>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t(isOpen ? 'interchange.stop' : 'interchange.remove', { name })}
        onClick={() => act(remove)}
      >
        ×
      </ActionIcon>
    </li>
  )
}

/** To one digit, never 0 for a file that is there. */
function megabytes(bytes: number): number {
  return Math.max(0.1, Math.round(bytes / 1e5) / 10)
}
