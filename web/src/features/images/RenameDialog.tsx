import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Image, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'

/** Changes the name in lists; the file keeps its own. */
export function RenameDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [name, setName] = useState(image.name)
  const rename = useMutation({
    mutationFn: () => call(routes.updateImage, { params: { imageId: image.id }, body: { name } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.imagesOf(image.projectId) })
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('files.renameTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          rename.mutate()
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={t('files.name')}
            maxLength={255}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={rename.isError && problemText(rename.error)}
          />
          <Text c="dimmed" size="sm">
            {t('files.renameText')}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={rename.isPending} disabled={name.trim() === '' || name === image.name}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
