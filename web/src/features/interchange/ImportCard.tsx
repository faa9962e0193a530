import { Button, FileButton, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type AnnotationImport, type FormatName, type MarkOrigin, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendForm } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { FormatSelect } from './FormatSelect.tsx'
import { ImportPanel } from './ImportPanel.tsx'
import { importsQuery } from './interchange-queries.ts'

/** Brings annotations in from other programs: the files are read first, looked at, and only then written. */
export function ImportCard({ project }: { project: Project }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const client = useQueryClient()
  const [format, setFormat] = useState<FormatName | null>(null)
  const [content, setContent] = useState<MarkOrigin>('annotations')
  const query = importsQuery(project.id)
  const recent = useQuery(query)
  const send = useMutation({
    mutationFn: (files: File[]): Promise<AnnotationImport> => {
      const form = new FormData()
      for (const file of files) form.append('file', file)
      return sendForm(
        routes.createAnnotationImport,
        { params: { projectId: project.id }, query: { ...(format ? { format } : {}), content } },
        form,
      )
    },
    onSuccess: () => client.invalidateQueries({ queryKey: query.queryKey }),
  })
  const [newest] = recent.data?.items ?? []
  return (
    <Card title={t('interchange.importTitle')} text={t('interchange.importText')}>
      <Stack gap="md">
        <FormatSelect project={project} value={format} onChange={setFormat} canRecognise />
        <SegmentedControl
          aria-label={t('interchange.importAs')}
          value={content}
          onChange={(value) => setContent(value as MarkOrigin)}
          data={(['annotations', 'guesses'] as const).map((value) => ({
            value,
            label: t(`interchange.bringAs.${value}`),
          }))}
        />
        <Text size="xs" c="var(--ink-soft)">
          {t(`interchange.bringText.${content}`)}
        </Text>
        <Group>
          <FileButton multiple onChange={(files) => files.length > 0 && send.mutate(files)}>
            {(props) => (
              <Button {...props} variant="default" loading={send.isPending}>
                {t('interchange.import')}
              </Button>
            )}
          </FileButton>
        </Group>
        {send.isError && <Trouble>{problemText(send.error)}</Trouble>}
        {recent.isError && <Trouble>{problemText(recent.error)}</Trouble>}
        {newest && <ImportPanel key={newest.id} project={project} found={newest} />}
      </Stack>
    </Card>
  )
}
