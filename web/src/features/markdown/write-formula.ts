import temml from 'temml'
import type { FormulaWriter } from './formula-rules.ts'

/** MathML, which browsers draw by themselves. Nothing in a formula is trusted: no links, no styles, no classes. */
export const writeFormula: FormulaWriter = (tex, isDisplayed) =>
  temml.renderToString(tex, {
    displayMode: isDisplayed,
    throwOnError: false,
    trust: false,
    maxExpand: 200,
    maxSize: [20, 20],
  })
