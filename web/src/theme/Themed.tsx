import { localStorageColorSchemeManager, MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { resolveColours, theme } from './theme.ts'

const colourScheme = localStorageColorSchemeManager({ key: 'vesalius.theme' })

/** The theme, with the few words of Mantine's own controls in the reader's language. */
export function Themed({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const named = useMemo(
    () =>
      mergeThemeOverrides(theme, {
        components: { Modal: { defaultProps: { closeButtonProps: { 'aria-label': t('common.close') } } } },
      }),
    [t],
  )
  return (
    <MantineProvider
      theme={named}
      defaultColorScheme="auto"
      colorSchemeManager={colourScheme}
      cssVariablesResolver={resolveColours}
    >
      {children}
    </MantineProvider>
  )
}
