import { Button, FileButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Project, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { sendForm } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'

/** Brings an ONNX file of one's own along; the server says why when it cannot be used. */
export function ImportModel({ project }: { project: Project }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const { mutate, isPending } = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('file', file)
      return sendForm(routes.importModel, { params: { projectId: project.id } }, form)
    },
    onSuccess: ({ number }) => {
      notifications.show({ message: t('training.modelImported', { number }) })
      void client.invalidateQueries({ queryKey: keys.models(project.id) })
    },
    onError: (error) =>
      notifications.show({ color: 'cinnabar', title: problemText(error), message: detailOf(error), autoClose: false }),
  })
  return (
    <FileButton accept=".onnx" onChange={(file) => file && mutate(file)}>
      {(props) => (
        <Button {...props} variant="default" loading={isPending}>
          {t('training.importModel')}
        </Button>
      )}
    </FileButton>
  )
}

const detailOf = (error: unknown) => (error instanceof ApiProblem ? error.detail : undefined)
