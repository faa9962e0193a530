import temml from 'temml'
import type { FormulaWriter } from './formula-rules.ts'

/**
 * MathML, which browsers draw by themselves. Nothing in a formula is trusted: no links, no styles, no classes. What cannot
 * be read is shown as it was written; the library reports most such formulas itself, and throws at some.
 */
export const writeFormula: FormulaWriter = (tex, isDisplayed) => {
  try {
    return temml.renderToString(tex, {
      displayMode: isDisplayed,
      throwOnError: false,
      trust: false,
      maxExpand: 200,
      maxSize: [20, 20],
    })
  } catch {
    return `<span class="temml-error">${escapeText(tex)}</span>`
  }
}

const escapeText = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
