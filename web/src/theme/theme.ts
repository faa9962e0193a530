import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import i18next from 'i18next'

/** Pigments of an anatomist's plate: verdigris for people, ochre for the model, cinnabar for trouble. */
const verdigris: MantineColorsTuple = [
  '#e9f5f2',
  '#d2e8e2',
  '#a6d2c7',
  '#77bbab',
  '#4fa694',
  '#2f9282',
  '#1a7d6e',
  '#146558',
  '#105247',
  '#0b3f37',
]
const ochre: MantineColorsTuple = [
  '#fdf5e4',
  '#f8e6c2',
  '#f0cf8e',
  '#e9b95c',
  '#e0a53b',
  '#c98a1f',
  '#a96f10',
  '#87570a',
  '#6a4507',
  '#513404',
]
const cinnabar: MantineColorsTuple = [
  '#fdeeea',
  '#f9d8d0',
  '#f1b0a2',
  '#ea8672',
  '#e2634b',
  '#d3472f',
  '#b93721',
  '#962a17',
  '#762012',
  '#5a170c',
]
const dark: MantineColorsTuple = [
  '#dde5e3',
  '#c0cac8',
  '#98a4a2',
  '#6b7876',
  '#434f4e',
  '#303b3a',
  '#222c2b',
  '#182120',
  '#111918',
  '#0b1110',
]

/** What opens over a page belongs to its main part, where a screen reader looks for it (WCAG 1.3.1). */
const OVERLAYS = { target: '#overlays' }
/** The list itself is what scrolls, so that its own keys move it. */
const LISTS = { withScrollArea: false, styles: { options: { maxHeight: 220, overflowY: 'auto' as const } } }

export const theme = createTheme({
  colors: { verdigris, ochre, cinnabar, dark },
  primaryColor: 'verdigris',
  primaryShade: 6,
  autoContrast: true,
  defaultRadius: 6,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        radius: 10,
        overlayProps: { backgroundOpacity: 0.5 },
        // The head of a dialog is not a second banner of the page.
        attributes: { header: { role: 'none' } },
      },
      styles: { title: { fontSize: '1rem', fontWeight: 600 } },
    },
    // The page has one banner: the heading of a dialog is none.
    ModalHeader: { defaultProps: { role: 'none' } },
    Notification: { defaultProps: () => ({ closeButtonProps: { 'aria-label': i18next.t('common.close') } }) },
    ModalCloseButton: { defaultProps: () => ({ 'aria-label': i18next.t('common.close') }) },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, portalProps: OVERLAYS } },
    Popover: { defaultProps: { portalProps: OVERLAYS } },
    // A menu begins at itself: an unnamed stop inside would be no part of it.
    Menu: { defaultProps: { radius: 8, shadow: 'md', withInitialFocusPlaceholder: false } },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: 'right', ...LISTS } },
    TagsInput: { defaultProps: LISTS },
    PasswordInput: {
      defaultProps: () => ({ visibilityToggleButtonProps: { 'aria-label': i18next.t('account.showPassword') } }),
    },
  },
})

/** Mantine's own colours, told in our tokens (tokens.css), which change with the theme. */
const shared = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--surface-sunk)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-placeholder': 'var(--ink-faint)',
  '--mantine-color-error': 'var(--trouble)',
  '--mantine-color-anchor': 'var(--person)',
}
export const resolveColours: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared })
