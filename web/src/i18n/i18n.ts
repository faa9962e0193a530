import i18next from 'i18next'
import ICU from 'i18next-icu'
import { initReactI18next } from 'react-i18next'
import type english from './en.json'

export const LANGUAGES = { en: 'English', zh: '中文' } as const
export type Language = keyof typeof LANGUAGES

const STORED_AS = 'vesalius.language'
const words: Record<Language, () => Promise<{ default: typeof english }>> = {
  en: () => import('./en.json'),
  zh: () => import('./zh.json'),
}

/** The language chosen here before, else the first of the browser's that we speak, else English. */
export function preferredLanguage(stored: string | null, browser: readonly string[]): Language {
  if (stored === 'en' || stored === 'zh') return stored
  for (const tag of browser) {
    const base = tag.toLowerCase().split('-')[0]
    if (base === 'en' || base === 'zh') return base
  }
  return 'en'
}

/** Starts with one language's words only; the other is fetched when it is chosen. */
export async function startI18n(): Promise<void> {
  const language = preferredLanguage(localStorage.getItem(STORED_AS), navigator.languages)
  await i18next
    .use(ICU)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      partialBundledLanguages: true,
      resources: { [language]: { translation: (await words[language]()).default } },
      returnNull: false,
    })
  document.documentElement.lang = htmlLanguage(language)
}

export async function chooseLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await words[language]()).default)
  }
  await i18next.changeLanguage(language)
  localStorage.setItem(STORED_AS, language)
  document.documentElement.lang = htmlLanguage(language)
}

/** The full tag lets the browser choose Chinese glyphs from Chinese fonts. */
const htmlLanguage = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en')
