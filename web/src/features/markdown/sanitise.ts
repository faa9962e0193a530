import createPurifier, { type Config } from 'dompurify'
import { linkTarget, PICTURE_SOURCE } from './safe-targets.ts'

const TEXT_TAGS = [
  ...['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'pre', 'code', 'em', 'strong', 's', 'a'],
  ...['img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'hr', 'br', 'span', 'div'],
]
/** MathML Core and what browsers still draw besides it; nothing that holds other markup or leads anywhere. */
const FORMULA_TAGS = [
  ...['math', 'mrow', 'mi', 'mo', 'mn', 'ms', 'mtext', 'mspace', 'msup', 'msub', 'msubsup', 'mfrac', 'msqrt', 'mroot'],
  ...['munder', 'mover', 'munderover', 'mtable', 'mtr', 'mtd', 'mstyle', 'mpadded', 'mphantom', 'menclose', 'merror'],
  ...['mmultiscripts', 'mprescripts', 'none'],
]
const FORMULA_ATTRIBUTES = [
  ...['display', 'displaystyle', 'scriptlevel', 'mathvariant', 'stretchy', 'fence', 'separator', 'form', 'lspace'],
  ...['rspace', 'minsize', 'maxsize', 'symmetric', 'movablelimits', 'largeop', 'accent', 'accentunder', 'depth'],
  ...['linethickness', 'width', 'height', 'voffset', 'columnalign', 'rowspacing', 'columnspacing', 'columnlines'],
  ...['rowlines', 'notation', 'mathcolor', 'mathbackground', 'columnspan', 'rowspan'],
]

const CONFIG: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [...TEXT_TAGS, ...FORMULA_TAGS],
  ALLOWED_ATTR: [
    ...['href', 'src', 'alt', 'title', 'class', 'id', 'start', 'target', 'rel', 'loading', 'style', 'tabindex'],
    ...FORMULA_ATTRIBUTES,
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
}

const MATHML = 'http://www.w3.org/1998/Math/MathML'

export type Sanitise = (html: string) => DocumentFragment

/** The last gate before the page: DOMPurify with a closed list, and addresses looked at a second time. */
export function sanitiser(window: Window & typeof globalThis): Sanitise {
  const purifier = createPurifier(window)
  purifier.addHook('uponSanitizeAttribute', (element, event) => {
    const { attrName, attrValue } = event
    if (attrName === 'style') event.keepAttr = element.namespaceURI === MATHML && !/url|[\\(]/i.test(attrValue)
    if (attrName === 'href') event.keepAttr = element.nodeName === 'A' && linkTarget(attrValue) !== null
    if (attrName === 'src') event.keepAttr = element.nodeName === 'IMG' && PICTURE_SOURCE.test(attrValue)
    if (attrName === 'id') event.keepAttr = /^[\w-]+-h\d+$/.test(attrValue)
  })
  return (html) => purifier.sanitize(html, CONFIG)
}
