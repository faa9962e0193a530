import { Button, Group, Modal, Stack, Text } from '@mantine/core'

interface Props {
  title: string
  text: string
  /** Words of the button that changes nothing, and of the one that goes on. */
  stay: string
  go: string
  isBusy?: boolean
  onClose: () => void
  onConfirm: () => void
}

/** Asks before something that cannot simply be taken back. The focus starts on the harmless answer. */
export function ConfirmDialog({ title, text, stay, go, isBusy = false, onClose, onConfirm }: Props) {
  return (
    <Modal opened onClose={onClose} withCloseButton={false} title={title}>
      <Stack>
        <Text>{text}</Text>
        <Group justify="flex-end" gap="xs">
          <Button data-autofocus variant="default" onClick={onClose}>
            {stay}
          </Button>
          <Button color="cinnabar" loading={isBusy} onClick={onConfirm}>
            {go}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
