// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { hostileTexts } from '../../testing/hostile-texts.ts'
import { scriptsIn } from '../../testing/scripts-in.ts'
import { type MarkdownKind, markdownRenderer } from './render-markdown.ts'
import { linkTarget, pictureId } from './safe-targets.ts'
import { writeFormula } from './write-formula.ts'

const ID = '0190a000-0000-7000-8000-000000000001'

function html(text: string, kind: MarkdownKind = 'article'): string {
  const holder = document.createElement('div')
  holder.append(markdownRenderer(window, kind, writeFormula)(text, { prefix: 'b1' }))
  return holder.innerHTML
}

describe('markdown', () => {
  it('shows headings one below the title of the page, tables with their columns, task lists and code', () => {
    expect(html('# A\n\n## B')).toContain('<h2 id="b1-h0">A</h2>\n<h3 id="b1-h1">B</h3>')
    const table = html('| a | b |\n|--:|---|\n| 1 | ~~2~~ |')
    expect(table).toContain('<td class="to-right">1</td>')
    expect(table).toContain('<s>2</s>')
    expect(html('- [x] read\n- [ ] write')).toMatch(/task">☑ read[\s\S]*☐ write/)
    expect(html('```ts\na < b\n```')).toContain('<code class="language-ts">a &lt; b')
  })

  it('draws formulas as MathML, within a line and on their own, and leaves prices alone', () => {
    expect(html('so $x^2$ is')).toContain('<msup>')
    const block = html('$$\na\n= b\n$$')
    expect(block).toContain('display="block"')
    expect(block).not.toContain('<h2')
    expect(html('from $5 to $10')).toContain('from $5 to $10')
    expect(html('$\\frac{1$')).toContain('temml-error')
    expect(html('a $x^$ b')).toContain('<span class="temml-error">x^</span>')
    expect(html('$\\href{javascript:alert(1)}{x}$')).not.toContain('href=')
  })

  it('shows images of the platform by their id, each leading to its image, and others as links', () => {
    expect(html(`![a lesion](image:${ID})`)).toContain(
      `<a href="/images/${ID}" class="picture"><img src="/api/v1/images/${ID}/preview?width=1280" alt="a lesion" loading="lazy"></a>`,
    )
    const shown = `${window.location.origin}/projects/${ID}/annotate?order=next&image=${ID}`
    expect(html(`![a](${shown})`)).toContain(`<img src="/api/v1/images/${ID}/preview?width=1280"`)
    const outside = html('![far](https://example.org/a.png)')
    expect(outside).not.toContain('<img')
    expect(outside).toContain('rel="noopener noreferrer nofollow"')
    expect(html(`[![a](image:${ID})](project:${ID})`).match(/<a /g)).toHaveLength(1)
  })

  it('leads to places of the platform by short names and opens others apart', () => {
    expect(html(`[p](project:${ID})`)).toContain(`<a href="/projects/${ID}">`)
    expect(html('<https://example.org>')).toContain('target="_blank"')
    expect(html('https://example.org')).toContain('<a href="https://example.org/"')
  })

  it('keeps HTML as text', () => {
    expect(html('<b onclick="x()">bold</b>')).toContain('&lt;b onclick="x()"&gt;bold')
  })

  it('has neither headings nor pictures in messages, and keeps their line ends', () => {
    const message = html(`# a\nb ![c](image:${ID})`, 'message')
    expect(message).not.toMatch(/<h\d|<img/)
    expect(message).toContain('<br>')
  })

  it('knows where a link may lead', () => {
    for (const address of [
      'javascript:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '//evil.org',
    ]) {
      expect(linkTarget(address), address).toBeNull()
    }
    for (const address of [
      '/api/v1/auth/logout',
      '/\\evil.org',
      '\\\\evil.org',
      'blob:https://x/1',
      'file:///etc/passwd',
    ]) {
      expect(linkTarget(address), address).toBeNull()
    }
    expect(linkTarget('/projects/1?a=b#c')).toEqual({ href: '/projects/1?a=b#c', isInside: true })
    expect(linkTarget('mailto:a@example.org')?.isInside).toBe(false)
    expect(pictureId(`/api/v1/images/${ID}/preview?width=100`)).toBe(ID)
    expect(pictureId(`https://evil.org/api/v1/images/${ID}/preview`)).toBeNull()
  })

  it('holds nothing that could run, of 400 hostile texts', () => {
    const found: string[] = []
    const renderers = (['article', 'message'] as const).map((kind) => markdownRenderer(window, kind, writeFormula))
    for (const text of hostileTexts({ seed: 1, count: 400 })) {
      for (const render of renderers) {
        const reasons = scriptsIn(render(text, { prefix: 'b1' }))
        if (reasons.length > 0) found.push(`${reasons.join(', ')}: ${text}`)
      }
    }
    expect(found).toEqual([])
  })
})
