import { notifications } from '@mantine/notifications'
import { useProblemText } from './use-problem-text.ts'

/** Does something small and says how it went. */
export function useAct() {
  const problemText = useProblemText()
  return (action: () => Promise<unknown>, done?: string) =>
    void action().then(
      () => done && notifications.show({ message: done }),
      (error: unknown) => notifications.show({ color: 'cinnabar', message: problemText(error) }),
    )
}
