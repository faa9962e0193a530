import { because, type Reason } from '@vesalius/contracts'
import { FormatError } from '../shape/problems.ts'

/**
 * The part of XML annotation files are written in: elements, attributes, text, comments, CDATA. Document types are
 * refused, so no entity can be declared, and only the five of XML itself and character numbers are known.
 */
export interface XmlElement {
  name: string
  attributes: Map<string, string>
  children: XmlElement[]
  text: string
  line: number
}

const MOST_DEPTH = 32
const MOST_ELEMENTS = 5_000_000
const NAME = /[\p{L}_][\p{L}\p{N}_.:-]*/uy
const ATTRIBUTE = /\s+([\p{L}_][\p{L}\p{N}_.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy
const TAG_END = /\s*(\/?)>/y
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The root element. Throws FormatError with the line. */
export function parseXml(text: string): XmlElement {
  const document = element('', 1)
  const open = [document]
  let at = 0
  let line = 1
  let count = 0
  const fail = (reason: Reason): never => {
    throw new FormatError(because`line ${line}: ${reason}`)
  }
  const advance = (to: number) => {
    for (let next = text.indexOf('\n', at); next >= 0 && next < to; next = text.indexOf('\n', next + 1)) line += 1
    at = to
  }
  const skipTo = (end: string, from: number) => {
    const found = text.indexOf(end, from)
    if (found < 0) fail(because`"${end}" is missing`)
    return found
  }
  while (at < text.length) {
    const top = open.at(-1) ?? document
    const next = text.indexOf('<', at)
    const stop = next < 0 ? text.length : next
    const between = text.slice(at, stop)
    if (between.trim() !== '') {
      if (top === document) fail(because`there is text outside of the root element`)
      top.text += unescapeXml(between, fail)
    }
    advance(stop)
    if (next < 0) break
    if (text.startsWith('<?', at)) advance(skipTo('?>', at) + 2)
    else if (text.startsWith('<!--', at)) advance(skipTo('-->', at) + 3)
    else if (text.startsWith('<![CDATA[', at)) {
      const end = skipTo(']]>', at)
      top.text += text.slice(at + 9, end)
      advance(end + 3)
    } else if (text.startsWith('<!', at)) fail(because`document types are not read`)
    else if (text.startsWith('</', at)) {
      const end = skipTo('>', at)
      if (open.length < 2 || text.slice(at + 2, end).trim() !== top.name) fail(because`"${top.name}" is not closed`)
      open.pop()
      advance(end + 1)
    } else {
      NAME.lastIndex = at + 1
      const name = NAME.exec(text)?.[0] ?? fail(because`"<" begins no element`)
      const child = element(name, line)
      let end = at + 1 + name.length
      for (;;) {
        ATTRIBUTE.lastIndex = end
        const found = ATTRIBUTE.exec(text)
        if (!found) break
        child.attributes.set(found[1] ?? '', unescapeXml(found[2] ?? found[3] ?? '', fail))
        end = ATTRIBUTE.lastIndex
      }
      TAG_END.lastIndex = end
      const closing = TAG_END.exec(text) ?? fail(because`the element "${name}" is damaged`)
      if (top === document && document.children.length > 0) fail(because`there is a second root element`)
      top.children.push(child)
      count += 1
      if (count > MOST_ELEMENTS) fail(because`more than ${MOST_ELEMENTS} elements`)
      if (closing[1] !== '/') open.push(child)
      if (open.length > MOST_DEPTH) fail(because`elements lie more than ${MOST_DEPTH} deep`)
      advance(TAG_END.lastIndex)
    }
  }
  const [root] = document.children
  if (open.length > 1) fail(because`"${open.at(-1)?.name}" is not closed`)
  return root ?? fail(because`there is no element`)
}

export function childrenOf(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent?.children.filter((child) => child.name === name) ?? []
}

export function childOf(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name === name)
}

/** The text as an attribute's value or an element's text; characters XML cannot hold become spaces. */
export function escapeXml(text: string): string {
  return [...text]
    .map((letter) => {
      if (letter < ' ' || letter === '\ufffe' || letter === '\uffff') return ' '
      const code = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }[letter]
      return code ? `&${code};` : letter
    })
    .join('')
}

function element(name: string, line: number): XmlElement {
  return { name, attributes: new Map(), children: [], text: '', line }
}

function unescapeXml(text: string, fail: (reason: Reason) => never): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,12});?/g, (whole, name: string) => {
    const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined
    if (known !== undefined && whole.endsWith(';')) return known
    const number = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name)
    const code = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] ? 16 : 10) : Number.NaN
    if (!(code > 0 && code <= 0x10ffff) || !whole.endsWith(';')) return fail(because`"${whole}" is no known character`)
    return String.fromCodePoint(code)
  })
}
