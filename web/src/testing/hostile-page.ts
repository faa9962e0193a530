import { markdownRenderer } from '../features/markdown/render-markdown.ts'
import { writeFormula } from '../features/markdown/write-formula.ts'
import { scriptsIn } from './scripts-in.ts'

/**
 * The page of `bench/hostile-markdown`: puts what the renderer makes of texts into the document, does to it what a reader
 * would, and tells what ran. Calls that hostile texts make are counted by functions that stand in for the browser's own.
 */

declare global {
  interface Window {
    /** How much runs of texts that go into the page as HTML: that the traps work. */
    showAsHtml: (texts: readonly string[]) => Promise<number>
    showHostile: (texts: readonly string[]) => Promise<{ text: string; reasons: string[] }[]>
  }
}

const EVENTS = ['mouseover', 'pointerenter', 'focus', 'focusin', 'animationstart', 'toggle', 'wheel', 'error', 'load']
const PROTOCOLS = new Set(['http:', 'https:', 'mailto:'])
const WAIT_MS = 40

const ran: string[] = []
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const) {
  Object.defineProperty(window, name, { value: () => ran.push(name) })
}
window.addEventListener('error', ({ error }) => error && ran.push(`error: ${error}`))

const renderers = (['article', 'message'] as const).map((kind) => markdownRenderer(window, kind, writeFormula))

window.showAsHtml = async (texts) => {
  const holder = document.createElement('div')
  document.body.append(holder)
  for (const text of texts) holder.insertAdjacentHTML('beforeend', text)
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
  holder.remove()
  return ran.splice(0).length
}

window.showHostile = async (texts) => {
  const found: { text: string; reasons: string[] }[] = []
  const holders = texts.map((text) => {
    const holder = document.createElement('div')
    const reasons: string[] = []
    for (const render of renderers) {
      const nodes = render(text, { prefix: 'b1' })
      reasons.push(...scriptsIn(nodes))
      holder.append(nodes)
    }
    document.body.append(holder)
    // As the browser itself reads the addresses.
    for (const link of holder.querySelectorAll('a')) {
      if (!PROTOCOLS.has(link.protocol)) reasons.push(`leads to ${link.protocol}`)
    }
    if (reasons.length > 0) found.push({ text, reasons })
    return holder
  })
  for (const holder of holders) {
    for (const element of holder.querySelectorAll('*')) {
      for (const name of EVENTS) element.dispatchEvent(new Event(name, { bubbles: true }))
    }
  }
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
  for (const holder of holders) holder.remove()
  if (ran.length > 0) found.push({ text: texts.join('\n---\n'), reasons: ran.splice(0) })
  return found
}
