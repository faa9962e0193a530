import createMarkdown, { type MarkdownIt, type Token } from 'markdown-it'
import { type FormulaWriter, formulaRules } from './formula-rules.ts'
import { linkTarget, localAddress, pictureId, pictureSource } from './safe-targets.ts'
import { type Sanitise, sanitiser } from './sanitise.ts'
import { taskItems } from './task-items.ts'

/** What a text is: an article holds headings and pictures, a message neither, and keeps its line ends. */
export type MarkdownKind = 'article' | 'message'

export interface Rendering {
  /** Headings get ids from this and their place: `<prefix>-h0`, `<prefix>-h1`, … */
  prefix: string
}

export type Renderer = (text: string, rendering: Rendering) => DocumentFragment

/**
 * Markdown (CommonMark with tables, strike-through, task lists and formulas) as nodes that can stand in a page. HTML in
 * the text stays text; what is written is sanitised all the same.
 */
export function markdownRenderer(
  window: Window & typeof globalThis,
  kind: MarkdownKind,
  writeFormula: FormulaWriter | null,
): Renderer {
  const sanitise: Sanitise = sanitiser(window)
  const markdown = createMarkdown({ html: false, linkify: true, breaks: kind === 'message' })
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  const normalise = markdown.normalizeLink.bind(markdown)
  markdown.normalizeLink = (address) => localAddress(normalise(address), window.location.origin)
  markdown.validateLink = (address) => linkTarget(address) !== null || pictureId(address) !== null
  if (kind === 'message') markdown.disable(['heading', 'lheading', 'image', 'hr'])
  if (writeFormula) formulaRules(markdown, writeFormula)
  taskItems(markdown)
  arrangeHeadings(markdown)
  arrangeTables(markdown)
  arrangeLinks(markdown)
  arrangePictures(markdown)
  return (text, { prefix }) => sanitise(markdown.render(text, { prefix }))
}

/** The page's own title is the first heading, so those of the text begin with the second. */
function arrangeHeadings(markdown: MarkdownIt): void {
  markdown.core.ruler.push('headings', ({ tokens, env }) => {
    let count = 0
    for (const token of tokens) {
      if (!token.type.startsWith('heading_')) continue
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`
      if (token.nesting < 1) continue
      token.attrSet('id', `${env.prefix}-h${count}`)
      count += 1
    }
  })
}

/** The alignment of columns as a class; a wide table scrolls in a frame of its own, also by the keyboard. */
function arrangeTables(markdown: MarkdownIt): void {
  markdown.core.ruler.push('tables', ({ tokens }) => {
    for (const token of tokens) {
      if (token.type !== 'td_open' && token.type !== 'th_open') continue
      const side = /text-align:(left|center|right)/.exec(String(token.attrGet('style')))?.[1]
      token.attrs = side ? [['class', `to-${side}`]] : []
    }
  })
  markdown.renderer.rules.table_open = () => '<div class="wide" tabindex="0"><table>\n'
  markdown.renderer.rules.table_close = () => '</table></div>\n'
}

function arrangeLinks(markdown: MarkdownIt): void {
  markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
    const token = tokens[index] as Token
    aim(token)
    return renderer.renderToken(tokens, index, options)
  }
}

function aim(token: Token): void {
  const target = linkTarget(String(token.attrGet('href')))
  token.attrSet('href', target?.href ?? '#')
  if (target?.isInside) return
  token.attrSet('target', '_blank')
  token.attrSet('rel', 'noopener noreferrer nofollow')
}

/** A picture leads to its image; one from elsewhere is a link, which nothing follows by itself. */
function arrangePictures(markdown: MarkdownIt): void {
  const { escapeHtml } = markdown.utils
  markdown.renderer.rules.image = (tokens, index, options, env, renderer) => {
    const token = tokens[index] as Token
    const alt = escapeHtml(renderer.renderInlineAsText(token.children ?? [], options, env))
    const address = String(token.attrGet('src'))
    const imageId = pictureId(address)
    const isLinked = depthOfLinks(tokens, index) > 0
    if (imageId) {
      const picture = `<img src="${pictureSource(imageId)}" alt="${alt}" loading="lazy">`
      return isLinked ? picture : `<a href="/images/${imageId}" class="picture">${picture}</a>`
    }
    const target = linkTarget(address)
    if (!target || isLinked) return alt
    return `<a href="${escapeHtml(target.href)}" target="_blank" rel="noopener noreferrer nofollow">${alt || escapeHtml(target.href)}</a>`
  }
}

const depthOfLinks = (tokens: readonly Token[], index: number) =>
  tokens.slice(0, index).filter(({ type }) => type === 'link_open').length -
  tokens.slice(0, index).filter(({ type }) => type === 'link_close').length
