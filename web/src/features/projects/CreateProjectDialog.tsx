import { Button, Modal, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  holdsRight,
  type ImageType,
  isBinary,
  isClassification,
  type OrganisationId,
  routes,
  TASK_TYPES,
} from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { organisationsQuery } from '../organisations/organisation-queries.ts'

export function CreateProjectDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const [name, setName] = useState('')
  const [taskType, setTaskType] = useState<ImageType>(1003)
  const [classNames, setClassNames] = useState<string[]>([])
  const [organisationId, setOrganisationId] = useState<OrganisationId | null>(null)
  const organisations = (useQuery(organisationsQuery).data ?? []).filter(
    ({ role }) => role !== null && holdsRight(role, 'manage'),
  )
  const create = useMutation({
    mutationFn: () =>
      call(routes.createProject, {
        body: {
          name,
          taskType,
          ...(classNames.length > 0 ? { classes: classNames } : {}),
          ...(organisationId ? { organisationId } : {}),
        },
      }),
    onSuccess: async (project) => {
      await client.invalidateQueries({ queryKey: keys.projects })
      await navigate({ to: '/projects/$projectId', params: { projectId: project.id } })
    },
  })
  const isTooFew = classNames.length === 1
  return (
    <Modal opened={opened} onClose={onClose} title={t('projects.createTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={t('projects.name')}
            placeholder={t('projects.namePlaceholder')}
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('projects.taskType')}
            description={t(`taskType.${taskType}.text`)}
            value={String(taskType)}
            data={TASK_TYPES.map((entry) => ({
              value: String(entry.imageType),
              label: t(`taskType.${entry.imageType}.name`),
            }))}
            onChange={(value) => setTaskType(Number(value) as ImageType)}
          />
          {isClassification(taskType) && (
            <TagsInput
              label={t('projects.classes')}
              description={t('projects.classesHelp')}
              value={classNames}
              onChange={setClassNames}
              maxTags={isBinary(taskType) ? 2 : 1000}
              error={isTooFew ? t('settings.classTooFew') : undefined}
            />
          )}
          {organisations.length > 0 && (
            <Select
              label={t('organisations.projectOwner')}
              value={organisationId ?? ''}
              allowDeselect={false}
              data={[
                { value: '', label: t('organisations.justMe') },
                ...organisations.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(value) => setOrganisationId((value || null) as OrganisationId | null)}
            />
          )}
          {create.isError && (
            <Text role="alert" c="var(--trouble)">
              {problemText(create.error)}
            </Text>
          )}
          <Button type="submit" disabled={name.trim() === '' || isTooFew} loading={create.isPending}>
            {t('projects.create')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
