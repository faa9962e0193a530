import { Button, Group, Select, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type DicomSource, type DuplicateChoice, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { DUPLICATE_CHOICES } from '../imports/duplicate-choices.ts'
import type { Selection } from './use-selection.ts'

interface Props {
  project: Project
  source: DicomSource
  selection: Selection
}

/** Begins the import of what is chosen; its report is among the others. */
export function PullBar({ project, source, selection }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const [duplicates, setDuplicates] = useState<DuplicateChoice>(project.duplicates)
  const { selections } = selection
  const pull = useMutation({
    mutationFn: () =>
      call(routes.pullDicom, {
        params: { projectId: project.id, dicomSourceId: source.id },
        body: { selections, duplicates },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.imports(project.id) })
      await navigate({ to: '/projects/$projectId/imports', params: { projectId: project.id } })
    },
  })
  return (
    <>
      <Group align="end" gap="sm">
        <Select
          w={260}
          label={t('imports.duplicates')}
          allowDeselect={false}
          value={duplicates}
          data={DUPLICATE_CHOICES.map((value) => ({ value, label: t(`imports.duplicateChoices.${value}`) }))}
          onChange={(value) => value && setDuplicates(value as DuplicateChoice)}
        />
        <Button disabled={selections.length === 0} loading={pull.isPending} onClick={() => pull.mutate()}>
          {t('dicom.pull', { count: selections.length })}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t(project.deidentifies ? 'dicom.hides' : 'dicom.keeps')}
      </Text>
      {pull.isError && <Trouble>{problemText(pull.error)}</Trouble>}
    </>
  )
}
