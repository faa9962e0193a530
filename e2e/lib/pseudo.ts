import { readFileSync } from 'node:fs'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js'
import type { BrowserContext, Page } from 'playwright-core'

const WORDS = new URL('../../web/src/i18n/', import.meta.url)
const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ODD = 'áƀćđéƒǵĥíĵķĺḿńóṕɋŕśťúṽẃẋýźÁɃĆĐÉƑǴĤÍĴĶĹḾŃÓṔɊŔŚŤÚṼẂẊÝŹ'

const FILE_NAME = /[\w-]+\.(png|jpe?g|tiff?|dcm|zip|onnx)\b/gi

/** What is called the same everywhere. */
const SAME_EVERYWHERE = [
  ...[
    'Vesalius',
    'English',
    'Chrome',
    'Linux',
    'PNG',
    'SHA',
    'ONNX',
    'DICOM',
    'CSV',
    'Esc',
    'Ctrl',
    'Shift',
    'Alt',
    'Enter',
    'Tab',
    'Home',
    'End',
  ],
  ...[
    'Delete',
    'Backspace',
    'PageUp',
    'PageDown',
    'PgUp',
    'PgDn',
    'Del',
    'Space',
    'AUROC',
    'ECE',
    'mAP',
    'Dice',
    'IoU',
  ],
  ...['px', 'mm', 'min', 'sec', 'hr', 'hrs', 'kB', 'MB', 'GB', 'byte', 'bytes', 'UTC', 'AM', 'PM'],
  // Times as the browser writes them in English, which the pseudo language is to it.
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  ...[
    'now',
    'ago',
    'this',
    'in',
    'yesterday',
    'today',
    'tomorrow',
    'minute',
    'minutes',
    'hour',
    'hours',
    'day',
    'days',
  ],
]

export type Words = { [key: string]: string | Words }

export const readWords = (language: 'en' | 'zh'): Words =>
  JSON.parse(readFileSync(new URL(`${language}.json`, WORDS), 'utf8')) as Words

/** Every message with other letters; what is filled in at run time stays as it is. */
export function pseudoWords(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? printAST(accent(parse(value))) : pseudoWords(value),
    ]),
  )
}

function accent(elements: MessageFormatElement[]): MessageFormatElement[] {
  return elements.map((element) => {
    if (element.type === TYPE.literal) return { ...element, value: accentText(element.value) }
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      const options = Object.entries(element.options).map(([name, option]) => [
        name,
        { ...option, value: accent(option.value) },
      ])
      return { ...element, options: Object.fromEntries(options) }
    }
    return element.type === TYPE.tag ? { ...element, children: accent(element.children) } : element
  })
}

const accentText = (text: string) => [...text].map((letter) => ODD[PLAIN.indexOf(letter)] ?? letter).join('')

/** English is spoken with other letters in this context from now on. */
export async function speakPseudo(context: BrowserContext): Promise<void> {
  const body = `export default ${JSON.stringify(pseudoWords(readWords('en')))}`
  await context.route(/\/assets\/en-[^/]+\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body }))
}

/** What a person can read or hear on the page that no translator has seen. `names`: what people called things. */
export async function findUntranslated(page: Page, names: readonly string[]): Promise<string[]> {
  const said = await page.evaluate(() => {
    const found: string[] = []
    const isShown = (element: Element) =>
      element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: false }) &&
      !element.closest('script, style, code, [translate=no]')
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.textContent?.trim() && node.parentElement && isShown(node.parentElement)) found.push(node.textContent)
    }
    for (const element of document.querySelectorAll(
      '[title], [aria-label], [placeholder], [alt], [aria-description]',
    )) {
      if (!isShown(element)) continue
      for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'aria-description']) {
        const value = element.getAttribute(name)
        if (value) found.push(value)
      }
    }
    for (const field of document.querySelectorAll<HTMLInputElement>('input[readonly], input[role=combobox]')) {
      if (isShown(field) && field.value) found.push(field.value)
    }
    return [document.title, ...found]
  })
  const known = [...names].sort((a, b) => b.length - a.length)
  const untranslated = said.filter((text) => {
    const rest = known.reduce((left, name) => left.replaceAll(name, ' '), text.replaceAll(FILE_NAME, ' '))
    return (rest.match(/[a-z]{2,}/gi) ?? []).some((word) => !SAME_EVERYWHERE.includes(word))
  })
  return [...new Set(untranslated.map((text) => text.trim().slice(0, 80)))]
}
