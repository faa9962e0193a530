import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** What went wrong, in a line beside what was asked for. */
export function Trouble({ children }: { children: ReactNode }) {
  return (
    <Text role="alert" size="sm" c="var(--trouble)">
      {children}
    </Text>
  )
}
