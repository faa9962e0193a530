import { Button, Checkbox, Group, Loader, Progress, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type AnnotationImport, type ImportChoices, type Project, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useFileProblemText } from '../../ui/use-reason-text.ts'
import { ClassMap } from './ClassMap.tsx'
import { ImportFindings } from './ImportFindings.tsx'
import { importsQuery } from './interchange-queries.ts'

/** One import from its reading to its end; while it waits, its choices can be changed and their outcome is shown. */
export function ImportPanel({ project, found }: { project: Project; found: AnnotationImport }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const fileProblemText = useFileProblemText()
  const client = useQueryClient()
  const params = { importId: found.id }
  const refresh = () => client.invalidateQueries({ queryKey: importsQuery(project.id).queryKey })
  const preview = useMutation({
    mutationFn: (choices: ImportChoices) => call(routes.previewAnnotationImport, { params, body: choices }),
    onSuccess: refresh,
  })
  const apply = useMutation({
    mutationFn: () => call(routes.applyAnnotationImport, { params, body: found.choices }),
    onSuccess: refresh,
  })
  const forget = useMutation({
    mutationFn: () => call(routes.deleteAnnotationImport, { params }),
    onSuccess: refresh,
  })
  const { state, report, choices, progress, fileNames } = found
  const [first = '', ...others] = fileNames
  const name = others.length === 0 ? first : t('interchange.files', { name: first, count: others.length })
  const failure = preview.error ?? apply.error ?? forget.error
  return (
    <Stack gap="sm" role="status" aria-busy={state === 'reading' || state === 'writing'}>
      {state === 'reading' && (
        <Group gap="xs">
          <Loader size="xs" />
          <Text size="sm">{t('interchange.reading', { name })}</Text>
        </Group>
      )}
      {state === 'writing' && (
        <div>
          <Text size="sm">{t('interchange.writing', { done: progress.done, total: progress.total })}</Text>
          <Progress
            aria-label={t('interchange.writing', { done: progress.done, total: progress.total })}
            value={progress.total > 0 ? (100 * progress.done) / progress.total : 100}
            animated
          />
        </div>
      )}
      {found.problem && <Trouble>{t('interchange.failed', { name, reason: fileProblemText(found.problem) })}</Trouble>}
      {report && (state === 'ready' || state === 'done') && (
        <>
          <ImportFindings name={name} format={found.format} report={report} isDone={state === 'done'} />
          {state === 'ready' && report.classes.length > 0 && (
            <ClassMap
              project={project}
              report={report}
              choices={choices}
              onChange={(changed) => preview.mutate({ ...choices, ...changed })}
            />
          )}
        </>
      )}
      {state === 'ready' && choices.content === 'annotations' && (
        <Checkbox
          label={t('interchange.replace')}
          checked={choices.replace}
          onChange={(event) => preview.mutate({ ...choices, replace: event.currentTarget.checked })}
        />
      )}
      {failure && <Trouble>{problemText(failure)}</Trouble>}
      {(state === 'ready' || state === 'done' || state === 'failed') && (
        <Group>
          {state === 'ready' && report && (
            <Button
              disabled={report.written === 0 || preview.isPending}
              loading={apply.isPending}
              onClick={() => apply.mutate()}
            >
              {t('interchange.write', { count: report.written })}
            </Button>
          )}
          <Button variant="subtle" loading={forget.isPending} onClick={() => forget.mutate()}>
            {t(state === 'ready' ? 'interchange.discard' : 'interchange.close')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
