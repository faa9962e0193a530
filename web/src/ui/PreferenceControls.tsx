import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGES, type Language } from '../i18n/i18n.ts'

export function LanguageControl({ fullWidth = false }: { fullWidth?: boolean }) {
  const { t, i18n } = useTranslation()
  return (
    <SegmentedControl
      size="xs"
      fullWidth={fullWidth}
      aria-label={t('language.label')}
      value={i18n.language}
      data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      onChange={(language) => void chooseLanguage(language as Language)}
    />
  )
}

const THEMES = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
] as const

export function ThemeControl({ fullWidth = false }: { fullWidth?: boolean }) {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      size="xs"
      fullWidth={fullWidth}
      aria-label={t('theme.label')}
      value={colorScheme}
      onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
      data={THEMES.map(([value, Icon]) => ({
        value,
        label: (
          <span style={{ display: 'grid', placeItems: 'center', height: 18 }} title={t(`theme.${value}`)}>
            <Icon size={15} stroke={1.8} aria-hidden />
            <VisuallyHidden>{t(`theme.${value}`)}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  )
}
